-- ?1 zone, ?2 unit, ?3 category, ?4 standing, (?5, ?6) the end of the page before, ?7 how many,
-- ?8 now, ?9 words as the index takes them. NULL where it does not matter.
SELECT id, issuer, category,
    CASE WHEN status = 'active' AND expires_ms <= ?8 THEN 'expired' ELSE status END AS standing,
    version, severity, headline, issued_ms, changed_ms, expires_ms,
    (SELECT group_concat(zone, ' ') FROM alert_zones WHERE alert = alerts.id),
    (SELECT count(*) FROM hits WHERE alert = alerts.id),
    (SELECT count(*) FROM hits WHERE alert = alerts.id AND answered = 0)
FROM alerts
WHERE (?1 IS NULL OR EXISTS (SELECT 1 FROM alert_zones WHERE alert = alerts.id AND zone = ?1))
    AND (?2 IS NULL OR issuer = ?2)
    AND (?3 IS NULL OR category = ?3)
    AND (?4 IS NULL OR standing = ?4)
    AND (?9 IS NULL OR number IN (SELECT rowid FROM alert_words WHERE alert_words MATCH ?9))
    AND (?5 IS NULL OR (changed_ms, id) < (?5, ?6))
ORDER BY changed_ms DESC, id DESC
LIMIT ?7
