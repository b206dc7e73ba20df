"""English: imperatives by a list of verbs and by the word that follows, duties by modal verbs."""

from __future__ import annotations

import re

from assistant.knowledge.grammar.grammar import Grammar

VERBS = """
    accept accompany acknowledge act activate add address adjust admit advise agree alert allow announce answer
    apologi[sz]e apply approach arrange ask assess assign assist assure attend authori[sz]e await
    begin block book bring brief call calm cancel carry change charge check clean clear close collect comfort
    compensate complete confirm consult contact continue control cool cordon count cover create credit deliver describe
    direct dial disconnect discuss display document draw dry empathi[sz]e empty enable enquire enter escalate escort
    evacuate examine exchange explain extend fetch file fill find finish focus follow gather get give go greet guard
    guide hand handle have help hold identify inform inquire inspect introduce invite isolate issue keep kneel
    lead leave let lift lift limit listen locate lock log look lower maintain make mark measure meet mention monitor move
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
STAFF = (
    r"(?:you|we|staff|employees?|team members?|colleagues?|associates?|agents?|receptionists?|servers?|waiters?"
    r"|cashiers?|drivers?|clerks?|front desk(?: staff| agents?)?)"
)
GUEST = r"(?:guests?|customers?|visitors?|passengers?|patients?|diners?|clients?|callers?|residents?|travellers?|shoppers?)"
LEAD = (
    r"(?:(?:please|kindly|first|firstly|second|secondly|third|thirdly|then|next|now|finally|lastly|also|always|and"
    r"|immediately|promptly|quickly|calmly|politely|gently|quietly|discreetly|personally|clearly|briefly|sincerely"
    r"|where(?:ver)? possible|if (?:possible|necessary|needed|required)|when possible|at once|meanwhile|in parallel"
    r"|at the same time|as soon as possible)\b,?\s+)*"
)
NOUN_AFTER = r"(?:is|are|was|were|details?|cent(?:er|re)|numbers?|log|forms?|times?|desk|lists?|polic(?:y|ies)|cards?|button)"
DETERMINER = r"(?:the|an?|any|all|each|every|your|his|her|him|them|their|its?|this|that|these|those|whether)"
NO_VERB = (
    r"(?:in|on|at|for|with|from|to|by|of|as|if|when|while|after|before|during|because|since|although|though|unless"
    r"|until|till|is|are|was|were|has|had|and|but|or|so|not|only|even|both|under|over|like|than|then|there|here"
    r"|within|without|through|across|inside|outside|between|among|against|despite|regarding|all|some|such|what|which"
    r"|who|whom|whose|where|how|why|once|upon|per|via|including|half|unlike|throughout|near|beyond|above|below|behind"
    r"|given|except|also|just|about|along|around|towards?|off|out|up|down|into|onto|most|many|much|does|did|can|could"
    r"|will|would|may|might|it|they|he|she|we|you|this|that)"
)
BE_PASSIVE = r"be\s+(?:\w+ly\s+)?(?:\w+(?:ed|en)|told|given|kept|made|shown|met|paid|put|left|sent|brought|found|held|led|heard|done)\b"
MODAL = r"(?:must|shall|should|needs? to|ha(?:s|ve) to|(?:is|are) (?:required|expected) to|ought to)"

IMPERATIVE = (
    rf"(?:(?:{'|'.join(VERBS)})\b(?!-|\s+{NOUN_AFTER}\b)"
    rf"|(?!{NO_VERB}\b)[a-z-]*[a-z](?<!ing)(?<!ed)(?<![^s]s)\s+{DETERMINER}\b"
    rf"|(?:do not|don't|never)\s+(?:hesitate|forget|fail)\s+to\b|(?:be|make) (?:sure|certain)\b|ensure\b)"
)

ENGLISH = Grammar(
    clause_end=re.compile(r",\s+"),
    condition=re.compile(r"(?:if|when|whenever|where|once|in case(?: of)?|in the event (?:of|that)|should)\s+(.+?)(?:,|$)", re.I),
    subordinate=re.compile(
        r"(?:if|when|whenever|where|once|in case|in the event|should|after|before|while|during|unless|until|for|to|with"
        r"|on|upon|at|in|because|since|although|as|depending)\b.*",
        re.I,
    ),
    opens=re.compile(
        rf"{LEAD}(?:{IMPERATIVE}|(?:all |the |any |every )?{STAFF}\s+(?:\w+ly\s+)?(?:{'|'.join(VERBS)})\b)", re.I
    ),
    directs=re.compile(
        rf"\b{MODAL}\s+(?!not\b)(?!(?:\w+ly\s+|always\s+|also\s+)?be\b)|\b{MODAL}\s+(?:always\s+|also\s+)?{BE_PASSIVE}"
        rf"|^{STAFF}\s+(?:always|immediately|promptly|will)\b|^always\b",
        re.I,
    ),
    forbids=re.compile(
        rf"\b(?:must|shall|should)(?:\s+not|n't)\b(?!\s+only)|^(?:{LEAD})(?:{STAFF}\s+)?(?:do not|don't|never|avoid|refrain from)\b"
        rf"(?!\s+(?:hesitate|forget|fail)\b)|\b{STAFF}\s+(?:may not|cannot|can't|can not|are not allowed to)\b|\bmust never\b|\bshould never\b"
        r"|\bunder no circumstances?\b|\b(?:is|are) (?:strictly )?(?:not (?:allowed|permitted|acceptable)|prohibited|forbidden)\b"
        rf"|^no (?:{STAFF}|one|member)\b",
        re.I,
    ),
    no_order=re.compile(
        rf"(?:the |an? |any |all |every |each |your )?(?:\w+ )?{GUEST}\b(?!'s?\s)(?!.*\b{MODAL}\s+(?:\w+ly\s+|always\s+)?{BE_PASSIVE})"
        r"|(?:this|these|the above|our) (?:polic(?:y|ies)|procedures?|sop|documents?|manual|guide(?:line)?s?|standards?|sections?)\b",
        re.I,
    ),
    no_step=re.compile(rf"(?:{NO_VERB}|{DETERMINER}|{GUEST}|no|yes)\b", re.I),
    aims=re.compile(r"\b(?:goals?|aims?|objectives?|purpose)\b|\bso that\b|\bin order to\b|\bto (?:ensure|make sure)\b", re.I),
    speaks=re.compile(
        r"\b(?:say(?:ing)?|tell|ask|reply|respond|answer|explain|greet|apologi[sz]e|offer|assure|announce|words?|script"
        r"|phrase|for example|e\.g\.|such as)\b[^“\"]{0,60}$",
        re.I,
    ),
    before_speech=re.compile(
        r",?\s*(?:(?:and|then|by)\s+)*\b(?:say(?:ing)?|(?:tell|reply to|answer)\s+(?:him|her|them|the \w+)|for example)\s*[:,]?\s*$", re.I
    ),
    labels_speech=re.compile(
        r"(?:(?:(?:you|staff) (?:can|could|may|might|should) )?say|(?:sample |suggested )?(?:scripts?|wording|words|phrases?)"
        r"|for example|e\.g\.)?\s*[:,–-]?",
        re.I,
    ),
    topicless=re.compile(
        r"(?:(?:standard|operating|handling|service|response|step[- ]by[- ]step|general|immediate|key|action)\s+)*"
        r"(?:procedures?|process|steps?|actions?|instructions?|guidelines?|rules?|points?|principles?|what to (?:do|say)"
        r"|response|handling|purpose|aims?|objectives?|goals?|scope|application|applicability|when (?:it|this) applies"
        r"|when to use(?: it| this)?|definitions?|references?|notes?|records?|documentation|training|overview|background"
        r"|introduction|appendix|escalation|follow[- ]?up|scripts?|sample (?:scripts?|phrases)|wording|responsibilit(?:y|ies)"
        r"|roles?(?: and responsibilities)?|revision(?: history)?|(?:the )?do'?s(?: and don'?ts?)?|don'?ts?|do not|avoid|never"
        r"|what (?:not to do|to avoid)|prohibited(?: actions?| behaviou?r)?|step \d+.*)",
        re.I,
    ),
    silent=re.compile(
        r"^(?:purpose|aims?|objectives?|goals?|scope|application|applicability|when (?:it|this) applies|when to use|definitions?|references?"
        r"|training|overview|background|introduction|responsibilit|roles?\b|revision)",
        re.I,
    ),
    applies=re.compile(r"^(?:scope|application|applicability|when\b|situations?\b|triggers?\b)", re.I),
    forbidding=re.compile(r"^(?:the )?(?:don'?ts?|do not|avoid|never|what (?:not to do|to avoid)|prohibited)\b", re.I),
    procedural=re.compile(r"\b(?:procedures?|process|steps?|actions?|instructions?|what to do|how to|response|handling|do'?s)\b", re.I),
)
