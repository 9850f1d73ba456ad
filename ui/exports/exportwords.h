// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobexport.h"

namespace queuedeck::ui::exportwords {

/// As the list of jobs names it: "last error".
QString columnLabel(domain::ExportColumn column);
QString maskLabel(domain::Masking masking);
/// "12,431", "about 4.9 M", "at least 100,000".
QString countText(const domain::MatchCount& count);
/// "Export all 12,431 jobs that match?"
QString question(const domain::ExportScope& scope, const domain::MatchCount& count);
/// "Export 12,431 Jobs"
QString goButton(const domain::MatchCount& count);
QString title(const domain::MatchCount& count);
QString formatNote(domain::ExportFormat format);
/// What was written and what a reader of the file has to know.
QString doneText(const domain::ExportReport& report, const QString& file);

} // namespace queuedeck::ui::exportwords
