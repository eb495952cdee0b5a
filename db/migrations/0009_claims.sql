CREATE TABLE `deal_claim` (
	`deal_key` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`claimed_by` varchar(100) NOT NULL,
	`claimed_at` datetime(6) NOT NULL,
	`handed_by` varchar(100),
	`note` varchar(300),
	CONSTRAINT `deal_claim_deal_key` PRIMARY KEY(`deal_key`)
);
