"""One row for every table, in the order in which they may be written; plain values, as migrations know no models."""

import datetime as dt

DAY = dt.date(2024, 1, 2)
NOON = dt.datetime(2024, 1, 2, 12)
OWNED = {"id": 1, "version": 1, "removed": False, "municipality_id": 1}
SPAN = '{"words": "syksyllä 2024"}'

ROWS = {
    "municipality": [
        {
            "id": 1,
            "version": 1,
            "removed": False,
            "code": "kemi",
            "number": "240",
            "name_fi": "Kemi",
            "name_sv": "Kemi",
            "bilingual": False,
            "plan_horizon": 3,
        }
    ],
    "unit": [{**OWNED, "code": "tek", "name_fi": "Tekninen palvelukeskus", "name_sort": "tekninen"}],
    "post": [{**OWNED, "code": "tj", "title_fi": "Tekninen johtaja", "title_sort": "tekninen", "unit_id": 1}],
    "person": [{"id": 1, "municipality_id": 1, "name": "Tekninen johtaja", "email": None}],
    "holding": [{**OWNED, "post_id": 1, "person_id": 1, "valid_from": DAY}],
    "revision": [{"id": 1, "at": NOON, "source": "form"}],
    "change": [{"id": 1, "revision_id": 1, "municipality_id": 1, "entity": "unit", "entity_id": 1, "field": "name_fi"}],
    "baseline": [{**OWNED, "name": "Kokous 28.4.", "kind": "meeting", "revision_id": 1}],
    "user_account": [
        {
            "id": 1,
            "email": "a@example.org",
            "name": "Ää",
            "language": "fi",
            "shortcuts": True,
            "active": True,
            "created_at": NOON,
        }
    ],
    "access": [{**OWNED, "user_id": 1, "role": "office"}],
    "saved_view": [
        {**OWNED, "user_id": 1, "page": "roadmap", "name": "Johtoryhmä", "query": "group=forum", "shared": True}
    ],
    "sign_in": [
        {
            "id": 1,
            "token_hash": "a" * 64,
            "user_id": 1,
            "created_at": NOON,
            "seen_at": NOON,
        }
    ],
    "one_time_link": [
        {
            "id": 1,
            "token_hash": "b" * 64,
            "user_id": 1,
            "created_at": NOON,
            "expires_at": NOON,
        }
    ],
    "rate_count": [{"key": "a", "count": 1, "expires_at": NOON}],
    "access_log": [{"id": 1, "at": NOON, "request_id": "r", "event": "sign_in"}],
    "feedback": [{"id": 1, "sent_at": NOON, "message": "Näin on hyvä"}],
    "portfolio": [{**OWNED, "code": "kemi-viisas", "prefix": "VK", "kind": "action_programme", "name_fi": "Viisas"}],
    "programme_version": [
        {**OWNED, "portfolio_id": 1, "label": "0.91", "date_words": "12.12.2+22", "authors": "Valmistelija"}
    ],
    "initiative": [
        {
            **OWNED,
            "code": "VK-001-A",
            "portfolio_id": 1,
            "kind": "measure",
            "spearhead": False,
            "status": "under_way",
            "title_fi": "Ääkköset säilyvät",
            "benefits": ["results"],
            "core_process": False,
            "budget_effect": "unknown",
            "permanent_need": "unknown",
            "publicity": "internal",
            "title_sort": "a",
            "code_sort": "a",
            "undated": False,
            "search_text": "a",
            "timespan": SPAN,
            "progress": 40,
        }
    ],
    "category_scheme": [{**OWNED, "code": "class", "name_fi": "Luokka", "several": False}],
    "category": [{**OWNED, "scheme_id": 1, "code": "training", "name_fi": "Koulutustarve", "position": 0}],
    "initiative_category": [{**OWNED, "initiative_id": 1, "category_id": 1}],
    "milestone": [{**OWNED, "initiative_id": 1, "kind": "step", "title_fi": "Käyttöönotto", "timespan": SPAN}],
    "recurring_deadline": [{**OWNED, "portfolio_id": 1, "title_fi": "Vuosiraportti", "month": 9, "day": 30}],
    "dependency": [],
    "indicator": [{**OWNED, "initiative_id": 1, "name_fi": "Kokemus työhyvinvoinnista"}],
    "indicator_value": [{**OWNED, "indicator_id": 1, "year": 2018, "words": "hyvä"}],
    "document_link": [{**OWNED, "initiative_id": 1, "title": "Pöytäkirja", "url": "https://example.org/1"}],
    "funding_source": [{**OWNED, "code": "own", "name_fi": "Oma rahoitus", "external": False}],
    "budget_line": [{**OWNED, "initiative_id": 1, "year": 2024, "part": "operating", "source_id": 1}],
    "forum": [{**OWNED, "code": "kh", "name_fi": "Kaupunginhallitus", "kind": "body", "rhythm": SPAN}],
    "forum_view": [{**OWNED, "forum_id": 1, "saved_view_id": 1}],
    "meeting": [{**OWNED, "forum_id": 1, "date": DAY}],
    "decision": [{**OWNED, "forum_id": 1, "meeting_id": 1, "date": DAY, "section": "320", "title_fi": "Ohjelma"}],
    "decision_initiative": [{**OWNED, "decision_id": 1, "initiative_id": 1}],
    "initiative_forum": [{**OWNED, "initiative_id": 1, "forum_id": 1}],
    "job": [
        {
            "id": 1,
            "kind": "plan_upload",
            "subject_id": 1,
            "municipality_id": 1,
            "made_at": NOON,
            "state": "done",
            "done": 3,
            "total": 3,
            "attempt": 1,
            "cancel": False,
        }
    ],
    "collection": [{"id": 1, "municipality_id": 1, "name": "Syksyn keräys", "due_on": DAY, "made_at": NOON}],
    "export": [
        {
            "id": 1,
            "token": "t" * 22,
            "municipality_id": 1,
            "revision_id": 1,
            "made_at": NOON,
            "portfolio_id": 1,
            "asked": {},
            "item_ids": [1],
            "language": "fi",
            "file_name": "viisas.xlsx",
            "collection_id": 1,
        }
    ],
    "export_letter": [{"id": 1, "export_id": 1, "user_id": 1, "kind": "reminder", "claimed_at": NOON}],
    "import_batch": [
        {
            "id": 1,
            "municipality_id": 1,
            "file_name": "a.xlsx",
            "content_hash": "c" * 64,
            "profile": "kemi",
            "applied_at": NOON,
            "base_revision_id": 0,
            "counts": {"rows": 1},
        }
    ],
    "import_origin": [
        {"id": 1, "batch_id": 1, "entity": "initiative", "entity_id": 1, "sheet": "Toimenpiteet", "row": 5}
    ],
    "upload": [
        {
            "id": 1,
            "municipality_id": 1,
            "at": NOON,
            "file_name": "viisas.xlsx",
            "size": 3,
            "sha256": "d" * 64,
            "data": b"abc",
            "kept_until": NOON,
            "state": "checked",
            "language": "fi",
            "job_id": 1,
            "export_id": 1,
            "summary": {"rows": 1},
        }
    ],
    "planned_row": [
        {
            "id": 1,
            "upload_id": 1,
            "number": 1,
            "fate": "merge",
            "entity": "initiative",
            "key": "kemi-viisas/1",
            "entity_id": 1,
            "portfolio": "kemi-viisas",
            "source_key": "1",
            "title": "Ääkköset säilyvät",
            "rows": [["Toimenpiteet", 5]],
            "ticked": True,
            "blocked": False,
        }
    ],
    "planned_cell": [
        {
            "id": 1,
            "upload_id": 1,
            "row_id": 1,
            "number": 1,
            "field": "progress",
            "outcome": "conflict",
            "base": 30,
            "current": 40,
            "incoming": 50,
            "ticked": True,
            "choice": "file",
        }
    ],
    "saved_profile": [{"id": 1, "municipality_id": 1, "name": "Lautakunta", "profile": {}, "saved_at": NOON}],
    "added_row": [
        {
            "id": 1,
            "export_id": 1,
            "sheet": "initiatives",
            "token": "e" * 64,
            "entity": "initiative",
            "entity_id": 2,
            "batch_id": 1,
        }
    ],
    "import_notice": [{"id": 1, "batch_id": 1, "person_id": 1, "item_ids": [1], "seen_at": NOON}],
    "frame": [{**OWNED, "portfolio_id": 1, "year": 2025, "part": "investment", "amount": 400000}],
    "year_lock": [{**OWNED, "year": 2024, "approved_on": DAY}],
    "funding_share": [{**OWNED, "initiative_id": 1, "source_id": 1, "percent": 70, "timespan": SPAN}],
    "review_template": [{**OWNED, "name_fi": "Vuosiraportti"}],
    "review_question": [{**OWNED, "template_id": 1, "position": 1, "text_fi": "Mitä opittiin?", "required": True}],
    "review_round": [
        {
            **OWNED,
            "portfolio_id": 1,
            "name_fi": "Vuosiraportti 2024",
            "period_first": DAY,
            "period_last": DAY,
            "opens_on": DAY,
            "due_on": DAY,
            "receiving_forum_id": 1,
            "template_id": 1,
            "unit_id": 1,
            "statuses": ["under_way"],
            "state": "closed",
            "baseline_id": 1,
        }
    ],
    "round_extension": [{**OWNED, "round_id": 1, "unit_id": 1, "due_on": DAY}],
    "review": [
        {
            **OWNED,
            "round_id": 1,
            "initiative_id": 1,
            "state": "approved",
            "unchanged": False,
            "health": "yellow",
            "verdict": "redirect",
            "money_used": 12000.5,
            "new_timespan": SPAN,
        }
    ],
    "review_answer": [{**OWNED, "review_id": 1, "question_id": 1, "answer": "Ääkköset säilyvät"}],
    "review_indicator": [{**OWNED, "review_id": 1, "indicator_id": 1, "words": "noin puolet"}],
    "round_proposal": [{**OWNED, "round_id": 1, "initiative_id": 1}],
    "review_draft": [{"review_id": 1, "user_id": 1, "texts": {"progress": "viisi"}, "saved_at": NOON}],
    "review_reminder": [{"id": 1, "review_id": 1, "user_id": 1, "stage": "late", "claimed_at": NOON}],
    "calendar_feed": [
        {
            "id": 1,
            "municipality_id": 1,
            "user_id": 1,
            "token_hash": "f" * 64,
            "name": "Vuosikello",
            "query": "portfolio=1",
            "language": "fi",
            "created_at": NOON,
        }
    ],
}
ROWS["initiative"].append({**ROWS["initiative"][0], "id": 2, "code": "VK-002-B", "title_fi": "Toinen"})
ROWS["dependency"].append({**OWNED, "predecessor_id": 1, "successor_id": 2})
