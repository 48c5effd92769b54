-- The receipt of the build. $earliest stands where nothing is loaded.
SELECT
    $build_id, $built_at, $code_version, $content_hash,
    coalesce(
        greatest(
            (SELECT max(as_of) FROM core_source),
            (SELECT max(greatest(occurred_on, reported_on, registered_on, forwarded_on, recommended_on, ppk_decided_on, delivered_on)) FROM core_case)
        ),
        $earliest
    ),
    (SELECT coalesce(bool_or(is_simulated), false) FROM core_source)
