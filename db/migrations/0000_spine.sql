CREATE TABLE `configuration` (
	`code` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`name` varchar(200) NOT NULL,
	`version` int NOT NULL,
	CONSTRAINT `configuration_code` PRIMARY KEY(`code`)
);
--> statement-breakpoint
CREATE TABLE `configuration_item` (
	`configuration` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`version` int NOT NULL,
	`item_code` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`quantity` int NOT NULL,
	CONSTRAINT `configuration_item_configuration_version_item_code_pk` PRIMARY KEY(`configuration`,`version`,`item_code`)
);
--> statement-breakpoint
CREATE TABLE `item` (
	`code` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`name` varchar(200) NOT NULL,
	`reference_price` bigint NOT NULL,
	CONSTRAINT `item_code` PRIMARY KEY(`code`)
);
--> statement-breakpoint
CREATE TABLE `line_match` (
	`line_key` varchar(255) character set ascii collate ascii_bin NOT NULL,
	`configuration` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`made_by` varchar(100) NOT NULL,
	`made_at` datetime(6) NOT NULL,
	`reason` varchar(300) NOT NULL,
	CONSTRAINT `line_match_line_key` PRIMARY KEY(`line_key`)
);
--> statement-breakpoint
CREATE TABLE `deal_match` (
	`deal_key` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`channel` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`deal` varchar(500) NOT NULL,
	`option_text` varchar(500) NOT NULL,
	`version` int NOT NULL,
	`configuration` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`made_by` varchar(100) NOT NULL,
	`made_at` datetime(6) NOT NULL,
	`reason` varchar(300) NOT NULL,
	CONSTRAINT `deal_match_deal_key` PRIMARY KEY(`deal_key`)
);
--> statement-breakpoint
CREATE TABLE `deal_match_version` (
	`deal_key` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`version` int NOT NULL,
	`configuration` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`made_by` varchar(100) NOT NULL,
	`made_at` datetime(6) NOT NULL,
	`reason` varchar(300) NOT NULL,
	CONSTRAINT `deal_match_version_deal_key_version_pk` PRIMARY KEY(`deal_key`,`version`)
);
--> statement-breakpoint
CREATE TABLE `collection_run` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`connection_id` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`window_from` datetime(6) NOT NULL,
	`window_to` datetime(6) NOT NULL,
	`workflow_run_id` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`records` int NOT NULL,
	`new_records` int NOT NULL,
	`finished_at` datetime(6) NOT NULL,
	CONSTRAINT `collection_run_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `raw_record` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`connection_id` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`record_id` varchar(120) character set ascii collate ascii_bin NOT NULL,
	`content_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`body` mediumblob NOT NULL,
	`order_key` varchar(160) character set ascii collate ascii_bin,
	`follows` bigint unsigned NOT NULL,
	`received_at` datetime(6) NOT NULL,
	CONSTRAINT `raw_record_id` PRIMARY KEY(`id`),
	CONSTRAINT `raw_record_version` UNIQUE(`connection_id`,`record_id`,`follows`)
);
--> statement-breakpoint
CREATE TABLE `connection` (
	`id` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`kind` enum('source','wms') NOT NULL,
	`adapter` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`settings` json NOT NULL,
	`secrets` json NOT NULL,
	`paused` boolean NOT NULL DEFAULT false,
	`calls_per_minute` int,
	`on_absent` enum('ask','resend') NOT NULL DEFAULT 'ask',
	CONSTRAINT `connection_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `permit` (
	`connection_id` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`tokens` double NOT NULL,
	`refilled_at` datetime(6) NOT NULL,
	CONSTRAINT `permit_connection_id` PRIMARY KEY(`connection_id`)
);
--> statement-breakpoint
CREATE TABLE `route` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`channel` varchar(60) character set ascii collate ascii_bin NOT NULL DEFAULT '',
	`item_code` varchar(60) character set ascii collate ascii_bin NOT NULL DEFAULT '',
	`wms` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`valid_from` datetime(6) NOT NULL,
	CONSTRAINT `route_id` PRIMARY KEY(`id`),
	CONSTRAINT `route_scope_from` UNIQUE(`channel`,`item_code`,`valid_from`)
);
--> statement-breakpoint
CREATE TABLE `attempt` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`dispatch_id` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`kind` enum('create','look-up','cancel') NOT NULL,
	`lease_token` varchar(36) character set ascii collate ascii_bin,
	`started_at` datetime(6) NOT NULL,
	`finished_at` datetime(6),
	`outcome` varchar(20),
	`reason` varchar(500),
	`request` mediumtext,
	`response` mediumtext,
	`status` int,
	CONSTRAINT `attempt_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `dispatch` (
	`id` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`lead_order_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	`sequence` int NOT NULL,
	`generation` int NOT NULL,
	`supersedes` varchar(32) character set ascii collate ascii_bin,
	`code` varchar(40) character set ascii collate ascii_bin NOT NULL,
	`state` enum('ready','held','sending','accepted','rejected','unknown','superseded','cancelling','cancel_unknown','cancelled','shipped') NOT NULL,
	`doubt` enum('none','unanswered','refused') NOT NULL DEFAULT 'none',
	`wms` varchar(60) character set ascii collate ascii_bin,
	`directed_to` varchar(60) character set ascii collate ascii_bin,
	`request` json,
	`lease_token` varchar(36) character set ascii collate ascii_bin,
	`lease_expires_at` datetime(6),
	`reference` varchar(100),
	`problem` varchar(500),
	`created_at` datetime(6) NOT NULL,
	`accepted_at` datetime(6),
	CONSTRAINT `dispatch_id` PRIMARY KEY(`id`),
	CONSTRAINT `dispatch_sequence` UNIQUE(`lead_order_key`,`sequence`),
	CONSTRAINT `dispatch_code` UNIQUE(`code`)
);
--> statement-breakpoint
CREATE TABLE `dispatch_line` (
	`dispatch_id` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`line_key` varchar(255) character set ascii collate ascii_bin NOT NULL,
	`order_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	`quantity` int NOT NULL,
	CONSTRAINT `dispatch_line_dispatch_id_line_key_pk` PRIMARY KEY(`dispatch_id`,`line_key`)
);
--> statement-breakpoint
CREATE TABLE `hold_rule` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`channel` varchar(60) character set ascii collate ascii_bin NOT NULL DEFAULT '',
	`item_code` varchar(60) character set ascii collate ascii_bin NOT NULL DEFAULT '',
	`quantity` int NOT NULL DEFAULT 1,
	`reason` varchar(300) NOT NULL,
	`valid_from` datetime(6) NOT NULL,
	`valid_to` datetime(6),
	`made_by` varchar(100) NOT NULL,
	`made_at` datetime(6) NOT NULL,
	CONSTRAINT `hold_rule_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `orders` (
	`order_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	`channel` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`source` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`order_number` varchar(100) NOT NULL,
	`ordered_at` datetime(6) NOT NULL,
	`shipping_fee` bigint NOT NULL,
	`stage` enum('collected','normalized','matched','dispatched','booked','done','cancelled') NOT NULL DEFAULT 'collected',
	`waiting` enum('unknown_deal','held','shortage','no_route','rejected','unknown_outcome','cancel_unknown','failed'),
	`held_reason` varchar(300),
	`held_by_rule` bigint unsigned,
	`released_at` datetime(6),
	`applied_record` bigint unsigned NOT NULL DEFAULT 0,
	`created_at` datetime(6) NOT NULL,
	`updated_at` datetime(6) NOT NULL,
	`swept_at` datetime(6) NOT NULL,
	CONSTRAINT `orders_order_key` PRIMARY KEY(`order_key`)
);
--> statement-breakpoint
CREATE TABLE `order_line` (
	`line_key` varchar(255) character set ascii collate ascii_bin NOT NULL,
	`order_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	`line_number` varchar(60) NOT NULL,
	`connection_id` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`record_id` varchar(120) character set ascii collate ascii_bin NOT NULL,
	`deal` varchar(500) NOT NULL,
	`option_text` varchar(500) NOT NULL,
	`deal_key` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`quantity` int NOT NULL,
	`cancelled_quantity` int NOT NULL DEFAULT 0,
	`dispatched_quantity` int NOT NULL DEFAULT 0,
	`amount` bigint NOT NULL,
	`discount` bigint NOT NULL,
	`configuration` varchar(60) character set ascii collate ascii_bin,
	`configuration_version` int,
	`match_version` int,
	CONSTRAINT `order_line_line_key` PRIMARY KEY(`line_key`),
	CONSTRAINT `order_line_units` CHECK(`order_line`.`dispatched_quantity` >= 0 and `order_line`.`dispatched_quantity` + `order_line`.`cancelled_quantity` <= `order_line`.`quantity`)
);
--> statement-breakpoint
CREATE TABLE `recipient` (
	`order_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	`name` varchar(100) NOT NULL,
	`phone` varchar(40) NOT NULL,
	`phone2` varchar(40),
	`postcode` varchar(10) NOT NULL,
	`address` varchar(500) NOT NULL,
	`delivery_message` varchar(500),
	CONSTRAINT `recipient_order_key` PRIMARY KEY(`order_key`)
);
--> statement-breakpoint
CREATE TABLE `returns` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`order_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	`return_number` varchar(100) character set ascii collate ascii_bin NOT NULL,
	`restocked` boolean NOT NULL,
	`recorded_by` varchar(100) NOT NULL,
	`reason` varchar(300) NOT NULL,
	`recorded_at` datetime(6) NOT NULL,
	CONSTRAINT `returns_id` PRIMARY KEY(`id`),
	CONSTRAINT `returns_number` UNIQUE(`order_key`,`return_number`)
);
--> statement-breakpoint
CREATE TABLE `return_line` (
	`return_id` bigint unsigned NOT NULL,
	`shipment_id` bigint unsigned NOT NULL,
	`line_key` varchar(255) character set ascii collate ascii_bin NOT NULL,
	`item_code` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`quantity` int NOT NULL,
	CONSTRAINT `return_line_return_id_shipment_id_line_key_item_code_pk` PRIMARY KEY(`return_id`,`shipment_id`,`line_key`,`item_code`)
);
--> statement-breakpoint
CREATE TABLE `sale` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`entry_key` varchar(400) character set ascii collate ascii_bin NOT NULL,
	`kind` enum('sale','shipping_fee','discount','reversal') NOT NULL,
	`order_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	`channel` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`line_key` varchar(255) character set ascii collate ascii_bin,
	`item_code` varchar(60) character set ascii collate ascii_bin,
	`shipment_id` bigint unsigned NOT NULL,
	`quantity` int NOT NULL,
	`amount` bigint NOT NULL,
	`day` varchar(10) character set ascii collate ascii_bin NOT NULL,
	`booked_at` datetime(6) NOT NULL,
	CONSTRAINT `sale_id` PRIMARY KEY(`id`),
	CONSTRAINT `sale_entry` UNIQUE(`entry_key`)
);
--> statement-breakpoint
CREATE TABLE `shipment` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`wms` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`wms_shipment_id` varchar(100) character set ascii collate ascii_bin NOT NULL,
	`dispatch_id` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`carrier` enum('cj','hanjin','lotte','logen','post','other') NOT NULL,
	`carrier_name` varchar(60),
	`tracking_number` varchar(60) NOT NULL,
	`shipped_at` datetime(6) NOT NULL,
	`recorded_at` datetime(6) NOT NULL,
	CONSTRAINT `shipment_id` PRIMARY KEY(`id`),
	CONSTRAINT `shipment_wms` UNIQUE(`wms`,`wms_shipment_id`)
);
--> statement-breakpoint
CREATE TABLE `shipment_cursor` (
	`wms` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`cursor_text` varchar(500) NOT NULL,
	CONSTRAINT `shipment_cursor_wms` PRIMARY KEY(`wms`)
);
--> statement-breakpoint
CREATE TABLE `shipment_line` (
	`shipment_id` bigint unsigned NOT NULL,
	`line_key` varchar(255) character set ascii collate ascii_bin NOT NULL,
	`item_code` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`order_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	`quantity` int NOT NULL,
	CONSTRAINT `shipment_line_shipment_id_line_key_item_code_pk` PRIMARY KEY(`shipment_id`,`line_key`,`item_code`)
);
--> statement-breakpoint
CREATE TABLE `tracking_upload` (
	`order_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	`shipment_id` bigint unsigned NOT NULL,
	`state` enum('pending','done','refused') NOT NULL,
	`reason` varchar(500),
	`updated_at` datetime(6) NOT NULL,
	CONSTRAINT `tracking_upload_order_key_shipment_id_pk` PRIMARY KEY(`order_key`,`shipment_id`)
);
--> statement-breakpoint
CREATE TABLE `allocation` (
	`dispatch_id` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`item_code` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`wms` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`quantity` int NOT NULL,
	`shipped_quantity` int NOT NULL DEFAULT 0,
	`released` boolean NOT NULL DEFAULT false,
	CONSTRAINT `allocation_dispatch_id_item_code_pk` PRIMARY KEY(`dispatch_id`,`item_code`)
);
--> statement-breakpoint
CREATE TABLE `stock` (
	`wms` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`item_code` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`on_hand` int NOT NULL DEFAULT 0,
	`snapshot_at` datetime(6),
	`allocated` int NOT NULL DEFAULT 0,
	`shipped_since` int NOT NULL DEFAULT 0,
	`safety` int NOT NULL DEFAULT 0,
	`incoming` int,
	`warn_below` int,
	`awaited` boolean NOT NULL DEFAULT false,
	CONSTRAINT `stock_wms_item_code_pk` PRIMARY KEY(`wms`,`item_code`)
);
--> statement-breakpoint
CREATE TABLE `stock_ledger` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`wms` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`item_code` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`at` datetime(6) NOT NULL,
	`reason` enum('snapshot','reserved','given_back','shipped','safety_changed') NOT NULL,
	`dispatch_id` varchar(32) character set ascii collate ascii_bin,
	`made_by` varchar(100) NOT NULL,
	`on_hand_change` int NOT NULL,
	`allocated_change` int NOT NULL,
	`shipped_since_change` int NOT NULL,
	`safety_change` int NOT NULL,
	`on_hand` int NOT NULL,
	`allocated` int NOT NULL,
	`shipped_since` int NOT NULL,
	`safety` int NOT NULL,
	`incoming` int,
	CONSTRAINT `stock_ledger_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `stock_queue` (
	`dispatch_id` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`item_code` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`wms` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`quantity` int NOT NULL,
	`ordered_at` datetime(6) NOT NULL,
	CONSTRAINT `stock_queue_dispatch_id_item_code_pk` PRIMARY KEY(`dispatch_id`,`item_code`)
);
--> statement-breakpoint
CREATE TABLE `audit_event` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`at` datetime(6) NOT NULL,
	`actor` varchar(100) NOT NULL,
	`action` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`subject` varchar(255) character set ascii collate ascii_bin NOT NULL,
	`reason` varchar(300),
	`detail` json,
	CONSTRAINT `audit_event_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `task` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`kind` enum('unknown_deal','held','shortage','no_route','rejected','unknown_outcome','cancel_unknown','failed','tracking_refused','unknown_carrier','undecodable','wms_unreachable','collection_failed','changed_too_late','shipment_unmatched','double_in_wms','missing_in_wms','surplus_in_wms','rest_not_sent','stock_low') NOT NULL,
	`open_key` varchar(255) character set ascii collate ascii_bin,
	`order_key` varchar(160) character set ascii collate ascii_bin,
	`connection_id` varchar(60) character set ascii collate ascii_bin,
	`raw_record_id` bigint unsigned,
	`reason` varchar(1000) NOT NULL,
	`next_action` varchar(300) NOT NULL,
	`opened_at` datetime(6) NOT NULL,
	`closed_at` datetime(6),
	`closed_by` varchar(100),
	CONSTRAINT `task_id` PRIMARY KEY(`id`),
	CONSTRAINT `task_open` UNIQUE(`open_key`)
);
--> statement-breakpoint
CREATE INDEX `collection_run_window` ON `collection_run` (`connection_id`,`window_to`);--> statement-breakpoint
CREATE INDEX `raw_record_order` ON `raw_record` (`order_key`,`id`);--> statement-breakpoint
CREATE INDEX `attempt_dispatch` ON `attempt` (`dispatch_id`,`lease_token`);--> statement-breakpoint
CREATE INDEX `dispatch_state` ON `dispatch` (`state`,`lease_expires_at`);--> statement-breakpoint
CREATE INDEX `dispatch_line_order` ON `dispatch_line` (`order_key`);--> statement-breakpoint
CREATE INDEX `dispatch_line_line` ON `dispatch_line` (`line_key`);--> statement-breakpoint
CREATE INDEX `orders_stage` ON `orders` (`stage`,`swept_at`);--> statement-breakpoint
CREATE INDEX `orders_waiting` ON `orders` (`waiting`,`ordered_at`);--> statement-breakpoint
CREATE INDEX `orders_ordered` ON `orders` (`ordered_at`);--> statement-breakpoint
CREATE INDEX `order_line_order` ON `order_line` (`order_key`);--> statement-breakpoint
CREATE INDEX `order_line_deal` ON `order_line` (`deal_key`);--> statement-breakpoint
CREATE INDEX `return_line_shipment` ON `return_line` (`shipment_id`,`line_key`);--> statement-breakpoint
CREATE INDEX `sale_day` ON `sale` (`day`,`channel`);--> statement-breakpoint
CREATE INDEX `sale_order` ON `sale` (`order_key`);--> statement-breakpoint
CREATE INDEX `shipment_dispatch` ON `shipment` (`dispatch_id`);--> statement-breakpoint
CREATE INDEX `shipment_line_order` ON `shipment_line` (`order_key`);--> statement-breakpoint
CREATE INDEX `stock_ledger_item` ON `stock_ledger` (`item_code`,`wms`,`at`);--> statement-breakpoint
CREATE INDEX `stock_queue_item` ON `stock_queue` (`wms`,`item_code`,`ordered_at`);--> statement-breakpoint
CREATE INDEX `audit_event_subject` ON `audit_event` (`subject`,`at`);--> statement-breakpoint
CREATE INDEX `task_order` ON `task` (`order_key`);