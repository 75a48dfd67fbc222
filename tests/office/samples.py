"""A body for every kind of event. A kind without one fails `test_every_kind.py`."""

from __future__ import annotations

from typing import Any

ID = "5" * 64
REF: dict[str, Any] = {"piece": "1" * 64, "key": "2" * 64, "size": 12}
CONTENT: dict[str, Any] = {
    "c.kind": "news", "c.to": [[ID, "G20 Bluesky", "did:plc:g20"]], "c.text.en": [REF], "c.text.ar.x": [REF],
    "c.topic": "debt", "c.note": REF, "c.not_before": 1_900_000_000_000,
    "c.picture.0": {"file": REF, "alt": {"en": REF}, "part": 1, "mime": "image/png", "width": 4, "height": 3},
    "c.picture.1": {
        "file": REF, "alt": {"en": REF}, "part": 1, "mime": "video/mp4", "width": 4, "height": 3, "ms": 1000,
    },
    "c.post.0": {"account": ID, "identity": "did:plc:g20", "lang": "en", "parts": [{"payload": REF, "pictures": [0]}]},
    "c.poll": {"answers": {"en": [REF, REF]}, "minutes": 60, "several": False, "part": 1},
    "c.corrects": {"message": ID, "post": "0"}, "c.quotes": {"message": ID, "post": ""},
    "c.post.1": {
        "account": ID, "identity": "did:plc:g20", "lang": "ar", "parts": [{"payload": REF, "pictures": []}],
        "reply": {"post": "0", "root": {"id": "1", "url": "", "cid": ""}, "parent": {"id": "2", "url": "u", "cid": "c"}},
        "quote": {"post": "0", "how": "quote", "of": {"id": "1", "url": "", "cid": ""}},
    },
    "c.warning.en": REF, "c.visibility.en.mastodon": "unlisted",
    "c.card.0": {"url": "https://g20.example.org/", "title": REF, "description": REF, "picture": None},
}  # fmt: skip

SAMPLES: dict[str, dict[str, Any]] = {
    "office.founded": {
        "name": "G20", "head": "Ada Head", "box": ID, "rehearsal": False, "office_ring": ID, "members_ring": "6" * 64,
    },
    "office.fold_adopted": {"version": 2},
    "member.admitted": {
        "name": "Liaison Brazil", "role": "liaison", "government": "BR", "topic": "", "sign": ID, "box": ID,
        "proof": "7" * 128, "box_proof": "9" * 128, "nonce": "8" * 32, "until": 1_900_000_000_000,
    },
    "member.retired": {"person": ID, "why": REF},
    "role.given": {"person": ID, "role": "expert", "government": "", "topic": "debt", "why": REF},
    "device.added": {
        "person": ID, "sign": ID, "box": ID, "proof": "7" * 128, "box_proof": "9" * 128, "nonce": "8" * 32,
        "until": 1_900_000_000_000, "share": "",
    },
    "device.revoked": {"device": ID, "why": REF},
    "proposal.seconded": {"proposal": ID},
    "proposal.withdrawn": {"proposal": ID, "why": REF},
    "guardians.named": {
        "people": [ID, "6" * 64], "need": 2, "sign": ID, "box": ID, "proof": "7" * 128, "box_proof": "9" * 128,
        "shares": {ID: "a" * 162},
    },
    "guardians.share_given": {"device": ID, "share": "a" * 162},
    "guardians.key_used": {"device": ID},
    "roster.corrected": {"enter": [ID], "managing": [ID], "leave": [ID]},
    "epoch.opened": {"ring": ID, "epoch": ID, "parent": "", "previous": "", "devices": [ID], "wraps": ID},
    "epoch.wrapped": {"ring": ID, "epoch": ID, "device": ID, "wraps": ID},
    "order.handed_over": {"key": ID, "address": "https://hub.example.org", "place": 7, "hash": ID},
    "account.added": {
        "name": "G20 Bluesky", "network": "bluesky", "like": "", "owner": "official", "server": "", "handle": "g20",
        "identity": "did:plc:g20", "langs": ["en", "ar"], "grace_ms": 600_000, "limits": {"post": 300}, "software": "",
    },
    "account.limits_read": {"account": ID, "limits": {"characters": 500}, "software": "4.3.0"},
    "account.grace_set": {"account": ID, "grace_ms": 0},
    "account.distance_set": {"account": ID, "distance_ms": 60_000},
    "account.removed": {"account": ID},
    "likeness.listed": {
        "account": ID, "remote": "at://did:plc:za/app.bsky.feed.post/3k", "url": "https://bsky.app/profile/za/post/3k",
        "at": 1_900_000_000_000, "digest": ID, "lang": "en", "verdict": "contradicts", "against": ID, "text": REF, "why": REF,
    },
    "likeness.judged": {"listed": ID, "answer": "differs", "why": None},
    "comment.made": {"digest": ID, "about": None, "answers": "", "text": REF},
    "address.set": {"mail": None},
    "handle.mapped": {"of": "United Nations", "handles": {"x": "UN", "bluesky": "un.org"}},
    "hold.placed": {"why": REF, "topic": "debt", "account": ""},
    "hold.lifted": {"hold": ID, "why": REF},
    "embargo.placed": {"why": REF, "topic": "", "account": ID, "until": 1_900_000_000_000},
    "embargo.lifted": {"embargo": ID, "why": REF},
    "mourning.declared": {
        "why": REF, "government": "IT", "official": True, "first": "2030-03-17", "last": "2030-03-17",
        "zones": ["Europe/Rome"], "since": 1_899_932_400_000, "until": 1_900_018_800_000,
    },
    "mourning.ended": {"mourning": ID, "why": REF},
    "rulebook.adopted": {"version": 1, "digest": ID, "note": REF, "files": REF},
    "rulebook.withdrawn": {"proposal": ID, "why": REF},
    "agreed.adopted": {"name": "Declarations", "digest": ID, "note": REF, "file": REF},
    "agreed.withdrawn": {"set": ID, "why": REF},
    "word.added": {"words": ["Mbombela", "upskilling"], "lang": "en"},
    "piece.redacted": {"dropped": {"1" * 64: ID, "3" * 64: ""}, "message": ID, "why": REF | {"piece": "4" * 64}},
    "word.removed": {"words": ["upskilling"], "lang": ""},
    "slot.set": {"name": "Morning", "days": [1, 4], "time": "09:00", "zone": "Europe/Rome", "accounts": [ID]},
    "slot.dropped": {"name": "Morning"},
    "recurring.set": {
        "message": ID, "every": "month", "days": [-1, 15], "time": "09:00", "zone": "Europe/Rome", "ahead_days": 3,
    },
    "recurring.ended": {"recurring": ID, "why": REF},
    "recurring.made": {"recurring": ID, "day": "2030-03-31", "when": 1_901_170_800_000},
    "draft.revised": {"base": [ID], "occasion": "", "rulebook": {"version": 0, "digest": ID}, "findings": REF, "originals": [REF], **CONTENT},
    "message.submitted": {
        "draft": ID, "route": "", "rulebook": {"version": 1, "digest": ID}, "report": REF, "findings": [{"rule": "LEN-1", "level": "block"}],
        "overrides": [{"rule": "LEN-1", "why": REF}], "headers": [["{}", "8" * 128]], **CONTENT,
    },
    "message.withdrawn": {"why": REF},
    "message.scheduled": {"when": 1_900_000_000_000, "zone": "Europe/Rome", "together": False, "despite": [ID], "why": None},
    "message.unscheduled": {"reason": ""},
    "signoff.decided": {
        "digest": ID, "answer": "object", "why": None, "amendment": None,
    },
    "signoff.closed": {"digest": ID, "heard": {"BR": ID}, "unheard": ["IN", "IT"]},
    "signoff.reopened": {"digest": ID, "until": None, "why": REF},
    "signoff.extended": {"digest": ID, "until": 1_900_000_000_000, "why": REF},
    "signoff.objection_lifted": {"objection": ID, "why": REF},
    "signoff.reviewed": {"release": ID, "finding": "in order", "why": REF},
    "message.released": {"digest": ID, "template": ID, "slots": {"en": {"place": "Rome"}}, "why": REF},
    "route.adopted": {
        "name": "Statement", "kinds": ["statement"], "topics": [], "accounts": [ID],
        "stages": [{"name": "Members", "who": "governments:all", "need": 0, "within": 86_400_000, "mode": "silence"}],
    },
    "route.withdrawn": {"route": ID},
    "silence.minimum_set": {"least_ms": 14_400_000},
    "presidency.named": {"government": "ZA", "before": "BR", "after": "US"},
    "presidency.handed_over": {"government": "US", "before": "ZA", "after": "GB", "accounts": {ID: "passes"}, "why": REF},
    "custody.taken": {"account": ID, "mark": ID},
    "custody.released": {"account": ID, "how": "revoked", "mark": ID},
    "handover.noted": {"item": "hub", "why": REF},
    "archive.kept": {"place": 7, "hash": ID, "digest": ID},
    "deputy.named": {"person": ID, "since": 1_900_000_000_000, "until": 1_900_086_400_000},
    "deputy.ended": {"liaison": ID},
    "template.adopted": {
        "name": "Quake", "kind": "condolence", "texts": {"en": ["We mourn with {place}."]}, "slots": {"place": 40},
        "accounts": [ID], "roles": ["head", "liaison"], "within": 3_600_000,
    },
    "template.withdrawn": {"template": ID},
    "relay.asked": {"line": ID, "digest": ID, "account": ID, "until": 1_900_000_000_000, "why": None},
    "relay.adopted": {"words": {"en": ["Debt relief for all."]}, **CONTENT},
    "relay.declined": {"why": REF},
    "relay.withdrawn": {"why": REF},
    "relay.left": {"why": REF},
    "relay.moved": {"until": 1_900_000_000_000, "why": None},
    "plan.opened": {"name": "Summit, day 1", "day": "2030-03-17", "zone": "Africa/Johannesburg"},
    "plan.added": {
        "entries": {
            "a" * 32: {
                "at": 1_900_000_000_000, "minutes": 30, "what": f"message:{ID}", "title": None, "accounts": [ID],
                "langs": ["en"], "topic": "debt", "not_before": 0, "group": "b" * 32, "source": "c" * 32,
            }
        }
    },
    "plan.changed": {"entries": {"a" * 32: {"at": 1_900_000_060_000}, "d" * 32: {"title": REF}}},
    "plan.dropped": {"entries": ["a" * 32], "why": None},
    "plan.closed": {"why": None},
    "post.claimed": {"post": "0", "process": "desk/1", "until": 1_900_000_060_000},
    "post.sending": {
        "post": "0", "process": "desk/1", "first": 0, "keys": ["3k"], "created_at": "2030-03-17T17:46:40Z", "since": 0,
    },
    "post.sent": {
        "post": "0", "receipts": [{"id": "1", "url": "https://a.example/1", "cid": "c"}], "found": False,
    },
    "post.ended": {"post": "0", "process": "desk/1", "state": "unknown", "why": "timeout", "again_at": 1_900_000_060_000, "sure": False},
    "post.settled": {
        "post": "0", "receipts": [{"id": "1", "url": "https://a.example/1", "cid": ""}], "why": REF,
    },
    "post.read_back": {"post": "0", "standing": "text,alt", "why": REF, "shown": [REF]},
    "post.removed": {"post": "0", "outcome": "removed", "why": REF},
}  # fmt: skip
