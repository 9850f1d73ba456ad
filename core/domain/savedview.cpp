// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/savedview.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::Sentence;

namespace {
constexpr qsizetype kLongestName = 80;

// Whether both are shown at the same time.
bool meet(const QString& one, const QString& other)
{
    return one.isEmpty() || other.isEmpty() || one == other;
}
} // namespace

const SavedViewList& presetViews()
{
    static const SavedViewList kPresets{
        {.id = u"preset-failed-last-hour"_s,
         .name = Sentence::tr("Failed last hour"),
         .query = u"status:failed age<1h"_s},
        {.id = u"preset-stuck"_s, .name = Sentence::tr("Stuck"), .query = u"is:stuck"_s},
        {.id = u"preset-dead"_s, .name = Sentence::tr("Dead"), .query = u"is:dead"_s},
        {.id = u"preset-oldest-pending"_s,
         .name = Sentence::tr("Oldest pending"),
         .query = u"status:pending"_s,
         .fromOldest = true},
    };
    return kPresets;
}

SavedViewList viewsFor(const SavedViewList& saved, const QString& connection)
{
    SavedViewList views = presetViews();
    std::copy_if(saved.cbegin(), saved.cend(), std::back_inserter(views),
                 [&connection](const SavedView& view) {
                     return view.connection.isEmpty() || view.connection == connection;
                 });
    return views;
}

const SavedView* findView(const SavedViewList& views, const QString& name)
{
    const auto found = std::find_if(views.cbegin(), views.cend(), [&name](const SavedView& view) {
        return view.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == views.cend() ? nullptr : &*found;
}

Sentence viewNameProblem(const QString& name, const QString& connection,
                         const SavedViewList& others)
{
    if (name.trimmed().isEmpty())
        return Sentence::tr("A view needs a name.");
    if (name.size() > kLongestName)
        return Sentence::tr("The name of a view may have %1 characters.").arg(kLongestName);
    if (name != name.trimmed() || std::any_of(name.cbegin(), name.cend(), [](QChar one) {
            return one.category() == QChar::Other_Control;
        }))
        return Sentence::tr("The name of a view begins and ends with a visible character and is "
                            "one line.");
    if (findView(presetViews(), name))
        return Sentence::tr("%1 is the name of a view that every connection has.").arg(name);
    const bool isTaken = std::any_of(others.cbegin(), others.cend(), [&](const SavedView& view) {
        return view.name.compare(name, Qt::CaseInsensitive) == 0 &&
               meet(view.connection, connection);
    });
    return isTaken ? Sentence::tr("There is a view called %1 already.").arg(name) : Sentence();
}

QString freeViewName(const QString& wanted, const QString& connection, const SavedViewList& others)
{
    const QString name = wanted.trimmed().left(kLongestName - 5);
    for (int number = 1;; ++number) {
        const QString candidate = number == 1 ? name : u"%1 %2"_s.arg(name).arg(number);
        if (viewNameProblem(candidate, connection, others).isEmpty() || number > 9999)
            return candidate;
    }
}

} // namespace queuedeck::domain
