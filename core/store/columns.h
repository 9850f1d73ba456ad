// SPDX-License-Identifier: GPL-3.0-or-later
// The columns that both dialects and the composed lists read, in the order their readers expect.
// Macros, so that whole statements can be written as one literal.
#pragma once

/// Of "Job" j, as jobFromRow reads them. The error is cut to 2,000 characters: a list shows a line.
#define JOB_COLUMNS                                                                                \
    "j.\"id\", j.\"type\", j.\"status\", j.\"attempts\", SUBSTR(j.\"error\", 1, 2000), "           \
    "j.\"createdAt\", j.\"completedAt\""

/// Of "ImageScan" s, its picture's companion i and its job j, as ScanStore reads them.
#define SCAN_COLUMNS                                                                               \
    "s.\"id\", s.\"scanType\", s.\"imageUrl\", s.\"status\", s.\"extractedData\", "                \
    "s.\"errorMessage\", s.\"tenantId\", s.\"userId\", s.\"createdAt\", s.\"completedAt\", "       \
    "i.job_id, j.\"status\""
