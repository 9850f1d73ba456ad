// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/viewfile.h"

#include "core/base/versionedlist.h"
#include "core/domain/jobfilter.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
constexpr qsizetype kMostViews = 2'000;
constexpr qsizetype kMostColumns = 100;
constexpr int kLongestInterval = 3600;

std::optional<SavedView> viewFrom(const QJsonValue& value)
{
    const QJsonObject entry = value.toObject();
    SavedView view;
    view.name = entry[u"name"_s].toString();
    view.query = entry[u"query"_s].toString();
    view.connection = entry[u"connection"_s].toString();
    if (!viewNameProblem(view.name, view.connection, {}).isEmpty() ||
        !entry[u"query"_s].isString() || !JobFilter::parse(view.query))
        return {};
    view.id = entry[u"id"_s].toString();
    if (view.id.isEmpty() || view.isPreset())
        view.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QJsonArray columns = entry[u"columns"_s].toArray();
    for (qsizetype i = 0; i < std::min(columns.size(), kMostColumns); ++i)
        view.columns += columns[i].toString();
    const double interval = entry[u"intervalSeconds"_s].toDouble();
    view.interval = interval >= 1 && interval <= kLongestInterval ? int(interval) : 0;
    view.isCounted = entry[u"counted"_s].toBool(true);
    view.more = entry;
    for (const char* known :
         {"id", "name", "query", "connection", "columns", "intervalSeconds", "counted"})
        view.more.remove(QLatin1StringView(known));
    return view;
}

QJsonObject entryOf(const SavedView& view)
{
    QJsonObject entry = view.more;
    entry[u"id"_s] = view.id;
    entry[u"name"_s] = QString(view.name);
    entry[u"query"_s] = view.query;
    if (!view.connection.isEmpty())
        entry[u"connection"_s] = view.connection;
    if (!view.columns.isEmpty())
        entry[u"columns"_s] = QJsonArray::fromStringList(view.columns);
    if (view.interval > 0)
        entry[u"intervalSeconds"_s] = view.interval;
    entry[u"counted"_s] = view.isCounted;
    return entry;
}
} // namespace

base::Result<ViewFile> viewsFromJson(const QByteArray& bytes)
{
    const auto list = base::versionedListFrom(bytes, u"views"_s, kMostViews);
    if (!list)
        return list.error();
    ViewFile file;
    file.version = list->version;
    file.more = list->more;
    for (const QJsonValue& value : list->entries) {
        if (auto view = viewFrom(value))
            file.views += *view;
        else
            file.unreadable += value;
    }
    return file;
}

QByteArray viewsToJson(const ViewFile& file)
{
    base::VersionedList list{std::max(file.version, ViewFile::kVersion), {}, file.more};
    for (const SavedView& view : file.views)
        list.entries += entryOf(view);
    for (const QJsonValue& value : file.unreadable)
        list.entries += value;
    return base::versionedListJson(list, u"views"_s);
}

} // namespace queuedeck::domain
