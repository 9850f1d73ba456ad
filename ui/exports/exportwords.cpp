// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exports/exportwords.h"

#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QDir>

using namespace Qt::StringLiterals;

namespace queuedeck::ui::exportwords {

using domain::ExportColumn;

namespace {
QString tr(const char* text)
{
    return QCoreApplication::translate("exportwords", text);
}
} // namespace

QString columnLabel(ExportColumn column)
{
    switch (column) {
    case ExportColumn::Id: return tr("id");
    case ExportColumn::Type: return tr("type");
    case ExportColumn::Status: return tr("status");
    case ExportColumn::Attempts: return tr("tries");
    case ExportColumn::CreatedAt: return tr("created");
    case ExportColumn::StartedAt: return tr("started");
    case ExportColumn::CompletedAt: return tr("finished");
    case ExportColumn::Waited: return tr("waited");
    case ExportColumn::Ran: return tr("ran");
    case ExportColumn::Error: return tr("last error");
    case ExportColumn::Payload: return tr("payload");
    }
    return {};
}

QString maskLabel(domain::Masking masking)
{
    switch (masking) {
    case domain::Masking::AsStored: return tr("as stored");
    case domain::Masking::HostOnly: return tr("host only");
    case domain::Masking::Hashed: return tr("as a hash");
    case domain::Masking::Hidden: return tr("hidden");
    }
    return {};
}

QString countText(const domain::MatchCount& count)
{
    if (count.isExact)
        return formatCount(count.count);
    return count.about ? tr("about %1").arg(formatCount(*count.about))
                       : tr("at least %1").arg(formatCount(count.count));
}

QString question(const domain::ExportScope& scope, const domain::MatchCount& count)
{
    if (!scope.ids)
        return tr("Export all %1 jobs that match?").arg(countText(count));
    return base::counted("exportwords", QT_TRANSLATE_NOOP("exportwords", "Export 1 selected job?"),
                         QT_TRANSLATE_N_NOOP("exportwords", "Export %L1 selected jobs?"),
                         count.count);
}

QString goButton(const domain::MatchCount& count)
{
    if (!count.isExact)
        return tr("Export %1 Jobs").arg(countText(count));
    return base::counted("exportwords", QT_TRANSLATE_NOOP("exportwords", "Export 1 Job"),
                         QT_TRANSLATE_N_NOOP("exportwords", "Export %L1 Jobs"), count.count);
}

QString title(const domain::MatchCount& count)
{
    if (!count.isExact)
        return tr("Export %1 jobs").arg(countText(count));
    return base::counted("exportwords", QT_TRANSLATE_NOOP("exportwords", "Export 1 job"),
                         QT_TRANSLATE_N_NOOP("exportwords", "Export %L1 jobs"), count.count);
}

QString formatNote(domain::ExportFormat format)
{
    switch (format) {
    case domain::ExportFormat::Csv:
        return tr("Opens in any spreadsheet. Cells that begin with = + - @ are written as text.");
    case domain::ExportFormat::Jsonl:
        return tr("A JSON object a line, for programs. Nothing is lost; times are in UTC.");
    case domain::ExportFormat::Xlsx:
        return tr("A workbook with real times and numbers, at most %1 rows.")
            .arg(formatCount(domain::kMostInSheet + 1));
    }
    return {};
}

QString doneText(const domain::ExportReport& report, const QString& file)
{
    QString said =
        base::counted("exportwords", QT_TRANSLATE_NOOP("exportwords", "1 job written to"),
                      QT_TRANSLATE_N_NOOP("exportwords", "%L1 jobs written to"), report.jobs) +
        u' ' + QDir::toNativeSeparators(file) + u'.';
    if (report.cut > 0)
        said += u' ' + tr("Cut, as a cell holds no more: %1 texts.").arg(formatCount(report.cut));
    if (report.unread > 0)
        said +=
            u' ' + tr("Hidden, as they are no JSON: %1 payloads.").arg(formatCount(report.unread));
    return said;
}

} // namespace queuedeck::ui::exportwords
