"""Calling people: webhooks of group chats and Web Push, with patience, and only to addresses that were configured."""
