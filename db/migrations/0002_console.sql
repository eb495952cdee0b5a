CREATE TABLE `api_token` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`name` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`token_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`role` enum('viewer','operator','manager','administrator') NOT NULL,
	`made_by` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`made_at` datetime(6) NOT NULL,
	`last_used_at` datetime(6),
	`revoked_at` datetime(6),
	CONSTRAINT `api_token_id` PRIMARY KEY(`id`),
	CONSTRAINT `api_token_hash` UNIQUE(`token_hash`)
);
--> statement-breakpoint
CREATE TABLE `idempotent_request` (
	`caller` varchar(100) NOT NULL,
	`idempotency_key` varchar(200) character set ascii collate ascii_bin NOT NULL,
	`request_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`status` int,
	`response` mediumtext,
	`made_at` datetime(6) NOT NULL,
	CONSTRAINT `idempotent_request_caller_idempotency_key_pk` PRIMARY KEY(`caller`,`idempotency_key`)
);
--> statement-breakpoint
CREATE TABLE `server_secret` (
	`name` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`secret` varchar(100) character set ascii collate ascii_bin NOT NULL,
	CONSTRAINT `server_secret_name` PRIMARY KEY(`name`)
);
--> statement-breakpoint
CREATE TABLE `user` (
	`name` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`role` enum('viewer','operator','manager','administrator') NOT NULL,
	`password_hash` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`email` varchar(200),
	`created_at` datetime(6) NOT NULL,
	`last_seen_at` datetime(6),
	`disabled_at` datetime(6),
	`version` int NOT NULL DEFAULT 1,
	CONSTRAINT `user_name` PRIMARY KEY(`name`)
);
--> statement-breakpoint
CREATE TABLE `web_session` (
	`id_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`user_name` varchar(60) character set ascii collate ascii_bin,
	`content` json NOT NULL,
	`ends_at` datetime(6) NOT NULL,
	CONSTRAINT `web_session_id_hash` PRIMARY KEY(`id_hash`)
);
--> statement-breakpoint
CREATE TABLE `alert_rule` (
	`name` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`via` enum('webhook','slack','email') NOT NULL,
	`target` json NOT NULL,
	`kinds` json NOT NULL,
	`every_minutes` int NOT NULL,
	`paused` boolean NOT NULL DEFAULT false,
	`last_task_id` bigint unsigned NOT NULL DEFAULT 0,
	`last_told_at` datetime(6),
	`last_tried_at` datetime(6),
	`failure` varchar(500),
	`version` int NOT NULL DEFAULT 1,
	CONSTRAINT `alert_rule_name` PRIMARY KEY(`name`)
);
--> statement-breakpoint
CREATE TABLE `bulk_job` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`command` enum('hold','release','cancel','rematch','resend-tracking') NOT NULL,
	`reason` varchar(300) NOT NULL,
	`made_by` varchar(100) NOT NULL,
	`made_at` datetime(6) NOT NULL,
	`tries` int NOT NULL DEFAULT 1,
	`total` int NOT NULL,
	CONSTRAINT `bulk_job_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `bulk_row` (
	`job_id` bigint unsigned NOT NULL,
	`order_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	`state` enum('pending','done','failed') NOT NULL DEFAULT 'pending',
	`says` varchar(500),
	`updated_at` datetime(6) NOT NULL,
	CONSTRAINT `bulk_row_job_id_order_key_pk` PRIMARY KEY(`job_id`,`order_key`)
);
--> statement-breakpoint
CREATE TABLE `upload_draft` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`file_name` varchar(255) NOT NULL,
	`template` varchar(60) character set ascii collate ascii_bin,
	`sheet` varchar(100),
	`corrections` json NOT NULL,
	`version` int NOT NULL DEFAULT 1,
	`made_by` varchar(100) NOT NULL,
	`expires_at` datetime(6) NOT NULL,
	`stored_count` int,
	`started_count` int,
	`order_count` int,
	CONSTRAINT `upload_draft_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `upload_draft_piece` (
	`draft_id` bigint unsigned NOT NULL,
	`number` int NOT NULL,
	`bytes` mediumblob NOT NULL,
	CONSTRAINT `upload_draft_piece_draft_id_number_pk` PRIMARY KEY(`draft_id`,`number`)
);
--> statement-breakpoint
CREATE TABLE `order_search_term` (
	`order_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	`term` varchar(40) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`ordered_at` datetime(6) NOT NULL,
	CONSTRAINT `order_search_term_order_key_term_pk` PRIMARY KEY(`order_key`,`term`)
);
--> statement-breakpoint
CREATE TABLE `fee_rule` (
	`channel` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`valid_from` varchar(10) character set ascii collate ascii_bin NOT NULL,
	`rate` int NOT NULL,
	`settlement_days` int NOT NULL,
	`version` int NOT NULL DEFAULT 1,
	`changed_by` varchar(100) NOT NULL,
	`changed_at` datetime(6) NOT NULL,
	CONSTRAINT `fee_rule_channel_valid_from_pk` PRIMARY KEY(`channel`,`valid_from`)
);
--> statement-breakpoint
CREATE TABLE `sales_day` (
	`view` enum('channel','goods') NOT NULL,
	`day` varchar(10) character set ascii collate ascii_bin NOT NULL,
	`channel` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`source` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`configuration` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`item_code` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`sold_pieces` bigint NOT NULL,
	`returned_pieces` bigint NOT NULL,
	`gross` bigint NOT NULL,
	`returns` bigint NOT NULL,
	CONSTRAINT `sales_day_view_day_channel_source_configuration_item_code_pk` PRIMARY KEY(`view`,`day`,`channel`,`source`,`configuration`,`item_code`)
);
--> statement-breakpoint
ALTER TABLE `task` MODIFY COLUMN `kind` enum('not_acknowledged','unknown_deal','held','shortage','no_route','rejected','unknown_outcome','cancel_unknown','failed','tracking_refused','unknown_carrier','undecodable','wms_unreachable','collection_failed','collection_gap','source_conflict','changed_too_late','late_line','exchange_requested','return_not_booked','claim_unanswered','ship_by_passed','stock_not_told','source_untold','shipment_unmatched','double_in_wms','missing_in_wms','surplus_in_wms','rest_not_sent','stock_low','alert_not_sent','source_quiet') NOT NULL;--> statement-breakpoint
ALTER TABLE `item` ADD `version` int DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `connection` ADD `version` int DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `sale` ADD `source` varchar(60) character set ascii collate ascii_bin DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `sale` ADD `configuration` varchar(60) character set ascii collate ascii_bin DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `shipment_cursor` ADD `looked_at` datetime(6);--> statement-breakpoint
CREATE INDEX `idempotent_request_made` ON `idempotent_request` (`made_at`);--> statement-breakpoint
CREATE INDEX `web_session_user` ON `web_session` (`user_name`);--> statement-breakpoint
CREATE INDEX `web_session_ends` ON `web_session` (`ends_at`);--> statement-breakpoint
CREATE INDEX `bulk_job_made` ON `bulk_job` (`made_by`,`made_at`);--> statement-breakpoint
CREATE INDEX `bulk_row_state` ON `bulk_row` (`job_id`,`state`,`order_key`);--> statement-breakpoint
CREATE INDEX `upload_draft_expires` ON `upload_draft` (`expires_at`);--> statement-breakpoint
CREATE INDEX `order_search_term_term` ON `order_search_term` (`term`,`ordered_at`);--> statement-breakpoint
CREATE INDEX `deal_match_made` ON `deal_match` (`made_at`);--> statement-breakpoint
CREATE INDEX `deal_match_configuration` ON `deal_match` (`configuration`,`made_at`);--> statement-breakpoint
CREATE INDEX `claim_answer_queue` ON `claim` (`answer`,`updated_at`);--> statement-breakpoint
CREATE INDEX `collection_run_newest` ON `collection_run` (`connection_id`,`id`);--> statement-breakpoint
CREATE INDEX `dispatch_wms` ON `dispatch` (`wms`,`state`,`created_at`);--> statement-breakpoint
CREATE INDEX `orders_created` ON `orders` (`created_at`);--> statement-breakpoint
CREATE INDEX `orders_stage_updated` ON `orders` (`stage`,`updated_at`);--> statement-breakpoint
CREATE INDEX `orders_stage_ordered` ON `orders` (`stage`,`ordered_at`);--> statement-breakpoint
CREATE INDEX `orders_channel_ordered` ON `orders` (`channel`,`ordered_at`);--> statement-breakpoint
CREATE INDEX `orders_source_ordered` ON `orders` (`source`,`ordered_at`);--> statement-breakpoint
CREATE INDEX `orders_number` ON `orders` (`order_number`,`ordered_at`);--> statement-breakpoint
CREATE INDEX `orders_held_by_rule` ON `orders` (`held_by_rule`);--> statement-breakpoint
CREATE INDEX `shipment_recorded` ON `shipment` (`recorded_at`);--> statement-breakpoint
CREATE INDEX `shipment_tracking` ON `shipment` (`tracking_number`);--> statement-breakpoint
CREATE INDEX `tracking_upload_queue` ON `tracking_upload` (`state`,`updated_at`);--> statement-breakpoint
CREATE INDEX `audit_event_actor` ON `audit_event` (`actor`,`at`);--> statement-breakpoint
CREATE INDEX `audit_event_action` ON `audit_event` (`action`,`at`);--> statement-breakpoint
CREATE INDEX `audit_event_at` ON `audit_event` (`at`);--> statement-breakpoint
CREATE INDEX `task_closed` ON `task` (`closed_at`);--> statement-breakpoint
CREATE INDEX `task_closed_kind` ON `task` (`closed_at`,`kind`);--> statement-breakpoint
UPDATE `sale` JOIN `orders` ON `orders`.`order_key` = `sale`.`order_key` SET `sale`.`source` = `orders`.`source`;
--> statement-breakpoint
UPDATE `sale` JOIN `order_line` ON `order_line`.`line_key` = `sale`.`line_key` SET `sale`.`configuration` = coalesce(`order_line`.`configuration`, '');
--> statement-breakpoint
INSERT INTO `sales_day` (`view`, `day`, `channel`, `source`, `configuration`, `item_code`, `sold_pieces`, `returned_pieces`, `gross`, `returns`)
SELECT 'channel', `day`, `channel`, `source`, '', '',
  sum(if(`kind` = 'sale', `quantity`, 0)), sum(if(`kind` = 'reversal', `quantity`, 0)),
  sum(if(`kind` = 'reversal', 0, `amount`)), sum(if(`kind` = 'reversal', `amount`, 0))
FROM `sale` GROUP BY `day`, `channel`, `source`;
--> statement-breakpoint
INSERT INTO `sales_day` (`view`, `day`, `channel`, `source`, `configuration`, `item_code`, `sold_pieces`, `returned_pieces`, `gross`, `returns`)
SELECT 'goods', `day`, '', '', `configuration`, coalesce(`item_code`, ''),
  sum(if(`kind` = 'sale', `quantity`, 0)), sum(if(`kind` = 'reversal', `quantity`, 0)),
  sum(if(`kind` = 'reversal', 0, `amount`)), sum(if(`kind` = 'reversal', `amount`, 0))
FROM `sale` GROUP BY `day`, `configuration`, coalesce(`item_code`, '');
