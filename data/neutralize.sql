-- A copy for tests sends nothing: what waits is held, accounts are paused.
UPDATE mailroom_delivery
   SET state = 'held', hold_reason = 'copy'
 WHERE state IN ('queued', 'deferred', 'held');
UPDATE ir_mail_server
   SET mailroom_health = 'paused', mailroom_secret = NULL;
DELETE FROM ir_config_parameter
 WHERE key = 'mailroom.database_identity';
