-- The row of the alert :id, if it is one that is asked for. :now; :viewer, :own and :zones who looks;
-- what else is NULL does not matter.
SELECT alerts.id, alerts.issuer, alerts.category, {standing} AS standing,
    alerts.version, alerts.severity, alerts.headline, alerts.issued_ms, alerts.changed_ms,
    alerts.expires_ms,
    (SELECT group_concat(zone, ' ') FROM alert_zones WHERE alert = alerts.id AND current),
    (SELECT count(*) FROM hits WHERE alert = alerts.id),
    (SELECT count(*) FROM hits WHERE alert = alerts.id AND answered = 0),
    CASE WHEN alerts.hidden_ms > :now THEN alerts.hidden_ms ELSE 0 END,
    alerts.asked, alerts.acknowledged, alerts.flags, nullif(alerts.sealed, '')
FROM alerts
WHERE alerts.id = :id
    AND (:zone IS NULL OR EXISTS (
        SELECT 1 FROM alert_zones AS named
        WHERE named.alert = alerts.id AND named.zone = :zone AND named.current = 1))
    AND (:issuer IS NULL OR alerts.issuer = :issuer)
    AND (:category IS NULL OR alerts.category = :category)
    AND {sees}
