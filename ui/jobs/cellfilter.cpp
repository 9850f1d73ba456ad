// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/cellfilter.h"

#include "ui/jobs/filtertext.h"
#include "ui/widgets/mark.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kMostOfAnError = 80;

struct CellTerm
{
    QString term;
    QStringList fields = {}; ///< whose terms it replaces
};

QString dayTerm(const QString& field, const QDateTime& time)
{
    return time.isValid() ? u"%1:%2"_s.arg(field, time.toUTC().date().toString(Qt::ISODate))
                          : QString();
}

CellTerm cellTerm(const domain::Job& job, JobColumn column)
{
    switch (column) {
    case JobColumn::Status: return {markFilter(markOf(job)), {u"status"_s, u"is"_s}};
    case JobColumn::Type: return {filterTerm(u"type"_s, job.type), {u"type"_s}};
    case JobColumn::Id: return {filterTerm(u"id"_s, job.id.value)};
    case JobColumn::Tries: return {job.attempts ? u"attempts=%1"_s.arg(*job.attempts) : QString()};
    case JobColumn::Created: return {dayTerm(u"created"_s, job.createdAt)};
    case JobColumn::Finished: return {dayTerm(u"finished"_s, job.completedAt)};
    case JobColumn::Error:
        if (job.error.isEmpty())
            break;
        return {filterTerm(u"error"_s, job.error.section(u'\n', 0, 0).left(kMostOfAnError))};
    case JobColumn::Count: break;
    }
    return {};
}
} // namespace

QString filteredByCell(const QString& text, const domain::Job& job, JobColumn column, bool without)
{
    const CellTerm cell = cellTerm(job, column);
    if (cell.term.isEmpty())
        return text;
    // An earlier condition on this very value is removed: both together match nothing.
    const QString rest = withoutCondition(text, cell.term);
    if (without)
        return withAdded(rest, u'-' + cell.term);
    return cell.fields.isEmpty() ? withAdded(rest, cell.term)
                                 : withTerm(rest, cell.fields, cell.term);
}

} // namespace queuedeck::ui
