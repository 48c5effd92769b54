-- A case's dates are in the order of law, or the case says that they are not.
SELECT case_id, person_number FROM core_case
WHERE NOT contains(caveats, 'dates_out_of_order')
  AND (occurred_on > reported_on OR reported_on > registered_on OR registered_on > forwarded_on OR forwarded_on > recommended_on
       OR recommended_on > ppk_decided_on OR ppk_decided_on > delivered_on OR delivered_on > effective_on)
