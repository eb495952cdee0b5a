CREATE TABLE `receiver` (
	`order_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	`name_digest` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`address_digest` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`phones_digest` varchar(64) character set ascii collate ascii_bin,
	CONSTRAINT `receiver_order_key` PRIMARY KEY(`order_key`)
);
--> statement-breakpoint
CREATE TABLE `packing_ban` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`channel` varchar(60) character set ascii collate ascii_bin NOT NULL DEFAULT '',
	`item_code` varchar(60) character set ascii collate ascii_bin NOT NULL DEFAULT '',
	`configuration` varchar(60) character set ascii collate ascii_bin NOT NULL DEFAULT '',
	`reason` varchar(300) NOT NULL,
	`valid_from` datetime(6) NOT NULL,
	`valid_to` datetime(6),
	`made_by` varchar(100) NOT NULL,
	`made_at` datetime(6) NOT NULL,
	CONSTRAINT `packing_ban_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `packing_window` (
	`channel` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`minutes` int NOT NULL,
	`most_orders` int,
	`most_pieces` int,
	`set_by` varchar(100) NOT NULL,
	`set_at` datetime(6) NOT NULL,
	CONSTRAINT `packing_window_channel` PRIMARY KEY(`channel`)
);
--> statement-breakpoint
ALTER TABLE `dispatch` ADD `packs_until` datetime(6);--> statement-breakpoint
ALTER TABLE `dispatch_line` ADD `leaves_to` varchar(60) character set ascii collate ascii_bin;--> statement-breakpoint
ALTER TABLE `orders` ADD `packed_alone` boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `receiver_name` ON `receiver` (`name_digest`,`address_digest`);--> statement-breakpoint
CREATE INDEX `receiver_address` ON `receiver` (`address_digest`,`phones_digest`);--> statement-breakpoint
INSERT IGNORE INTO `server_secret` (`name`, `secret`) VALUES ('receiver', to_base64(random_bytes(48)));
