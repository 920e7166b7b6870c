-- A copy for tests sends nothing: what waits is held, accounts are paused.
UPDATE mailroom_delivery
   SET state = 'held', hold_reason = 'copy', stale = TRUE
 WHERE state IN ('queued', 'deferred');
UPDATE sale_order
   SET mailroom_state = 'held'
 WHERE mailroom_state = 'queued';
UPDATE account_move
   SET mailroom_state = 'held'
 WHERE mailroom_state = 'queued';
UPDATE sale_order
   SET mailroom_booking_state = 'held'
 WHERE mailroom_booking_state = 'queued';
UPDATE mailroom_protocol
   SET mailroom_state = 'held'
 WHERE mailroom_state = 'queued';
UPDATE mailroom_batch
   SET state = 'paused'
 WHERE state = 'running';
UPDATE ir_mail_server
   SET mailroom_health = 'paused', mailroom_secret = NULL;
UPDATE mailroom_gateway
   SET mailroom_health = 'paused', gateway_sealed = NULL;
DELETE FROM ir_config_parameter
 WHERE key = 'mailroom.database_identity';
