"""English: imperatives by a list of verbs and by the word that follows, duties by modal verbs."""

from __future__ import annotations

from assistant.knowledge.grammar.grammar import Grammar, one_of, pattern

VERBS = """
    accept accompany acknowledge act activate add address adjust admit advise agree alert allow announce answer
    apologi[sz]e apply approach arrange ask assess assign assist assure attend authori[sz]e await
    begin block book bring brief call calm cancel carry change charge check clean clear close collect comfort
    compensate complete confirm consult contact continue control cool cordon count cover create credit deliver describe
    direct dial disconnect discuss display document draw dry empathi[sz]e empty enable enquire enter escalate escort
    evacuate examine exchange explain extend fetch file fill find finish focus follow gather get give go greet guard
    guide hand handle have help hold identify inform inquire inspect introduce invite isolate issue keep kneel
    lead leave let lift limit listen locate lock log look lower maintain make mark measure meet mention monitor move
    name negotiate note notify obtain offer open order organi[sz]e page park pass pause phone photograph pick place
    plan post prepare present press print prioriti[sz]e proceed process promise propose protect provide pull put
    radio raise re-?assign re-?assure re-?book re-?check re-?direct re-?fill re-?fund re-?issue re-?locate re-?make
    read recogni[sz]e recommend record refer refund refuse register release remain remind remove repair repeat replace
    reply report request rescue reserve reset resolve respect respond restart restore retain retrieve return review
    ring save say scan search seat secure see select send separate serve set shake share shield show shut sign
    sit smile speak stand start state stay step stop store submit suggest summari[sz]e supply support suspend switch
    take talk tell test thank touch track transfer treat try turn understand unlock update upgrade use
    validate verify wait waive walk warn wash watch wear weigh welcome wipe withdraw wrap write
""".split()  # noqa: SIM905 - a list of words reads best as words
VERB = one_of(*VERBS)
STAFF = one_of(
    "you|we|staff|employees?|team members?|colleagues?|associates?|agents?|receptionists?|servers?|waiters?",
    "cashiers?|drivers?|clerks?|front desk(?: staff| agents?)?",
)
GUEST = one_of(
    "guests?|customers?|visitors?|passengers?|patients?|diners?|clients?|callers?|residents?|travellers?|shoppers?"
)
LEADS = one_of(
    "please|kindly|first|firstly|second|secondly|third|thirdly|then|next|now|finally|lastly|also|always|and",
    "immediately|promptly|quickly|calmly|politely|gently|quietly|discreetly|personally|clearly|briefly|sincerely",
    "where(?:ver)? possible|if (?:possible|necessary|needed|required)|when possible|at once|meanwhile|in parallel",
    "at the same time|as soon as possible|afterwards|after that|in addition|instead",
)
LEAD = rf"(?:{LEADS}\b,?\s+)*"
"""What may stand before an imperative."""

NOUN_AFTER = one_of(
    "is|are|was|were|details?|cent(?:er|re)|numbers?|log|forms?|times?|desk|lists?|polic(?:y|ies)|cards?|button"
)
"""After these a verb of the list is a noun: `Call centre`, `Check-in times`."""

DETERMINER = one_of("the|an?|any|all|each|every|your|his|her|him|them|their|its?|this|that|these|those|whether")
NO_VERB = one_of(
    "in|on|at|for|with|from|to|by|of|as|if|when|while|after|before|during|because|since|although|though|unless",
    "until|till|is|are|was|were|has|had|and|but|or|so|not|only|even|both|under|over|like|than|then|there|here",
    "within|without|through|across|inside|outside|between|among|against|despite|regarding|all|some|such|what|which",
    "who|whom|whose|where|how|why|once|upon|per|via|including|half|unlike|throughout|near|beyond|above|below|behind",
    "hence|thus|therefore|however|yet|still|perhaps|maybe|rather|instead|otherwise|indeed|today|tomorrow|everyone",
    "someone|anyone|nobody|people|staff|one|two|three|four|five|nor|ever|often|usually|sometimes|later|soon|given",
    "except|also|just|about|along|around|towards?|off|out|up|down|into|onto|most|many|much|does|did|can|could|will",
    "would|may|might|it|they|he|she|we|you|this|that",
)
"""Words that a determiner may follow although they are no verbs."""

PARTICIPLE = one_of(r"\w+(?:ed|en)|told|given|kept|made|shown|met|paid|put|left|sent|brought|found|held|led|heard|done")
ADVERB = r"(?:(?:\w+ly|always|also)\s+)?"
BE_DONE = rf"{ADVERB}be\s+{ADVERB}{PARTICIPLE}\b"
MODAL = one_of(r"must|shall|should|needs? to|ha(?:s|ve) to|(?:is|are) (?:required|expected) to|ought to")
EXHORTATION = r"(?:hesitate|forget|fail)\b"
"""`Do not hesitate to call` is an order to call."""

IMPERATIVE = one_of(
    rf"{VERB}\b(?!-|\s+{NOUN_AFTER}\b)",
    rf"(?!{NO_VERB}\b)[a-z-]*[a-z](?<!ing)(?<!ed)(?<![^s]s)\s+{DETERMINER}\b",
    rf"(?:do not|don't|never)\s+{EXHORTATION}",
    r"(?:be|make) (?:sure|certain)\b|ensure\b",
)

ENGLISH = Grammar(
    clause_end=pattern(r",\s+"),
    condition=pattern(
        r"(?:if|when|whenever|where|once|in case(?: of)?|in the event (?:of|that)|should)\s+(.+?)(?:,|$)",
    ),
    subordinate=pattern(
        r"(?:if|when|whenever|where|once|in case|in the event|should|after|before|while|during|unless|until)\b.*",
        r"(?:for|to|with|on|upon|at|in|because|since|although|as|depending)\b.*",
    ),
    opens=pattern(
        rf"{LEAD}{IMPERATIVE}",
        rf"{LEAD}(?:all |the |any |every )?{STAFF}\s+(?:\w+ly\s+)?(?!have\b){VERB}\b",
    ),
    directs=pattern(
        rf"\b{MODAL}\s+(?!not\b)(?!{ADVERB}be\b)",
        rf"\b{MODAL}\s+{BE_DONE}",
        rf"^{STAFF}\s+(?:always|immediately|promptly|will)\b",
        r"^always\b",
    ),
    forbids=pattern(
        r"\b(?:must|shall|should)(?:\s+not|n't)\b(?!\s+only)",
        rf"^{LEAD}(?:{STAFF}\s+)?(?:do not|don't|never|avoid|refrain from)\b(?!\s+{EXHORTATION})",
        rf"\b{STAFF}\s+(?:may not|cannot|can't|can not|are not allowed to)\b",
        r"\b(?:must|should) never\b",
        r"\bunder no circumstances?\b",
        r"\b(?:is|are) (?:strictly )?(?:not (?:allowed|permitted|acceptable)|prohibited|forbidden)\b",
        rf"^no (?:{STAFF}|one|member)\b",
    ),
    no_order=pattern(
        rf"(?:the |an? |any |all |every |each |your )?(?:\w+ )?{GUEST}\b(?!'s?\s)(?!.*\b{MODAL}\s+{BE_DONE})",
        r"(?:this|these|the above|our) (?:polic(?:y|ies)|procedures?|sop|documents?|manual|standards?|sections?)\b",
        r"(?:this|these|the above|our) guide(?:line)?s?\b",
    ),
    no_step=pattern(rf"(?:{NO_VERB}|{DETERMINER}|{GUEST}|no|yes)\b"),
    aims=pattern(
        r"\b(?:goals?|aims?|objectives?|purpose)\b", r"\bso that\b|\bin order to\b|\bto (?:ensure|make sure)\b"
    ),
    speaks=pattern(
        r"\b(?:say(?:ing)?|tell|ask|reply|respond|answer|explain|greet|apologi[sz]e|offer|assure|announce)\b[^“\"]{0,60}$",
        r"\b(?:words?|script|phrase|for example|e\.g\.|such as)\b[^“\"]{0,60}$",
    ),
    before_speech=pattern(
        r",?\s*(?:(?:and|then|by)\s+)*\b(?:say(?:ing)?(?:\s+[\w']+){0,3}|for example)\s*[:,]?\s*$",
        r",?\s*(?:(?:and|then|by)\s+)*\b(?:tell|reply to|answer)\s+(?:him|her|them|the \w+)\s*[:,]?\s*$",
    ),
    labels_speech=pattern(
        r"(?:(?:you|staff) (?:can|could|may|might|should) )?say\s*[:,–-]?",
        r"(?:sample |suggested )?(?:scripts?|wording|words|phrases?)\s*[:,–-]?",
        r"(?:for example|e\.g\.)\s*[:,–-]?",
        r"",
    ),
    topicless=pattern(
        r"(?:(?:standard|operating|handling|service|response|step[- ]by[- ]step|general|immediate|key|action)\s+)*"
        + one_of(
            "procedures?|process|steps?|actions?|instructions?|guidelines?|rules?|points?|principles?|response|handling"
        ),
        r"purpose|aims?|objectives?|goals?|overview|background|introduction",
        r"scope|application|applicability|when (?:it|this) applies|when to use(?: it| this)?",
        r"definitions?|references?|notes?|records?|documentation|training|appendix|revision(?: history)?",
        r"what to (?:do|say)|scripts?|sample (?:scripts?|phrases)|wording|escalation|follow[- ]?up|step \d+.*",
        r"responsibilit(?:y|ies)|roles?(?: and responsibilities)?|english|in english",
        r"(?:the )?do'?s(?: and don'?ts?)?|don'?ts?|do not|avoid|never|what (?:not to do|to avoid)",
        r"prohibited(?: actions?| behaviou?r)?",
        r"situations?|scenarios?|triggers?|when|descriptions?|details?",
    ),
    silent=pattern(
        r"^(?:purpose|aims?|objectives?|goals?|scope|application|applicability|when (?:it|this) applies|when to use)\b",
        r"^(?:definitions?|references?|training|overview|background|introduction|responsibilit|roles?\b|revision)",
    ),
    applies=pattern(r"^(?:scope|application|applicability|when\b|situations?\b|triggers?\b)"),
    forbidding=pattern(r"^(?:the )?(?:don'?ts?|do not|avoid|never|what (?:not to do|to avoid)|prohibited)\b"),
    procedural=pattern(
        r"\b(?:procedures?|process|steps?|actions?|instructions?|what to do|how to|response|handling|do'?s)\b"
    ),
)
