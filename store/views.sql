-- What counts, under readable names; `store/views.py` fills in what databases say differently.

CREATE VIEW claims_view AS
SELECT 'c' || c.id AS claim, $claim_amount, c.kind, c.purpose, c.recipient, c.funder, c.timeframe,
    c.period_start, c.period_until, c.first_said,
    (SELECT count(*) FROM claim_mentions cm WHERE cm.claim_id = c.id) AS mentions
FROM claims c;

CREATE VIEW mentions_view AS
SELECT 'm' || m.number AS mention, 'c' || cm.claim_id AS claim, 'd' || d.number AS document,
    m.amount_text AS quote, $mention_amount, $vague AS vague, m.kind, m.timeframe_text AS timeframe,
    m.purpose_text AS purpose, m.excludes_text AS excludes, m.recipient_text AS recipient,
    m.funder_text AS funder, m.attribution_text AS attribution, m.duration, m.period_start,
    m.period_until, m.relation, m.newness, m.sentence, m.page, m.amount_start AS quote_start,
    m.amount_end AS quote_end, d.published
FROM mentions m
JOIN documents d ON d.id = m.document_id
JOIN claim_mentions cm ON cm.mention_id = m.id
WHERE d.superseded_by IS NULL AND d.undone_by IS NULL AND d.redacted_by IS NULL;

CREATE VIEW documents_view AS
SELECT 'd' || d.number AS document, c.source, d.title, d.publisher, d.author, d.published,
    d.published_how, d.country, d.url, c.captured_at, 'r' || d.run_id AS run, d.media_type, d.pages,
    d.encoding, d.gaps, d.warnings, b.sha256, b.size, 'd' || o.number AS echo_of,
    w.kind AS echo_kind,
    (SELECT count(*) FROM mentions m WHERE m.document_id = d.id) AS mentions, $body AS text
FROM documents d
JOIN captures c ON c.id = d.capture_id
JOIN contents b ON b.id = d.content_id
LEFT JOIN wordings w ON w.document_id = d.id
LEFT JOIN documents o ON o.id = w.origin_id
WHERE d.superseded_by IS NULL AND d.undone_by IS NULL AND d.redacted_by IS NULL;

CREATE VIEW sources_view AS
SELECT c.source, c.captured_at, 'd' || d.number AS document, b.sha256, b.size,
    'r' || c.run_id AS run,
    (SELECT r.message FROM refusals r WHERE r.capture_id = c.id ORDER BY r.id DESC LIMIT 1)
        AS refused
FROM captures c
JOIN contents b ON b.id = c.content_id
LEFT JOIN documents d
    ON d.content_id = b.id AND d.superseded_by IS NULL AND d.undone_by IS NULL
    AND d.redacted_by IS NULL;

CREATE VIEW matches_view AS
SELECT 'c' || x.claim_id AS claim, 'm' || a.number AS mention, 'm' || b.number AS other_mention,
    x.score, x.reasons
FROM matches x
JOIN mentions a ON a.id = x.left_id
JOIN mentions b ON b.id = x.right_id;

CREATE VIEW relations_view AS
SELECT 'c' || x.claim_id AS claim, x.type AS relation, 'c' || x.to_id AS other_claim,
    'm' || m.number AS mention, 'w' || x.decision_id AS decision
FROM claim_relations x
JOIN mentions m ON m.id = x.mention_id;

CREATE VIEW decisions_view AS
SELECT 'w' || x.id AS decision, x.word, x.decided_by, x.decided_at, x.reason,
    x.amount_text AS quote, b.sha256, x.amount_start AS quote_start,
    x.other_amount_text AS other_quote, o.sha256 AS other_sha256,
    x.other_amount_start AS other_quote_start, x.field, x.value, u.undone_by, u.undone_at,
    u.reason AS undone_reason
FROM decisions x
JOIN contents b ON b.id = x.content_id
LEFT JOIN contents o ON o.id = x.other_content_id
LEFT JOIN decision_undos u ON u.decision_id = x.id;

CREATE VIEW runs_view AS
SELECT 'r' || r.id AS run, r.started_at, e.ended_at, e.counts, u.undone_at, r.versions
FROM runs r
LEFT JOIN run_ends e ON e.run_id = r.id
LEFT JOIN undos u ON u.run_id = r.id;
