SELECT {columns},
    CASE obligations.duty WHEN 'approve' THEN coalesce(nullif(drafts.headline, ''), alerts.headline)
        ELSE nullif(alerts.headline, '') END,
    alerts.severity, alerts.category
FROM obligations INDEXED BY {index}
    LEFT JOIN alerts ON alerts.id = obligations.alert
    LEFT JOIN drafts ON drafts.alert = obligations.alert
WHERE {key} = :key
    AND obligations.begun_ms <= :now
    AND (obligations.ends_ms IS NULL OR obligations.ends_ms > :now)
    AND {more}
    AND (rank, obligations.due_ms, obligations.alert, duty, subject, obligations.unit)
        > (:rank, :due, :alert, :duty, :subject, :unit)
    AND (:duties IS NULL OR duty IN (SELECT value FROM json_each(:duties)))
    AND (:not_by IS NULL OR duty <> 'approve'
        OR instr(drafts.written_by, ' ' || :not_by || ' ') = 0)
    AND (NOT :unnoted OR NOT EXISTS (
        SELECT 1 FROM due_noted
        WHERE key = duty || ' ' || obligations.alert || ' ' || subject || ' ' || obligations.unit
                || ' ' || obligations.due_ms
            AND stage = CASE WHEN escalates_ms <= :now THEN 'escalated'
                WHEN obligations.due_ms <= :now THEN 'due' ELSE 'begun' END))
    AND (duty <> 'approve' OR :viewer IS NULL OR obligations.unit = :viewer)
    AND (duty = 'approve' OR {near})
    AND (duty = 'approve' OR {unhidden})
ORDER BY rank, obligations.due_ms, obligations.alert, duty, subject, obligations.unit
LIMIT :limit
