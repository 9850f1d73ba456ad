// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/viewfile.h"

#include "core/domain/jobfilter.h"

#include <QJsonDocument>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::ErrorKind;
using base::fail;
using base::Sentence;

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
    QJsonParseError wrong{};
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &wrong);
    if (wrong.error != QJsonParseError::NoError)
        return fail(ErrorKind::Invalid, Sentence::tr("it is not JSON: %1 at byte %2")
                                            .arg(wrong.errorString())
                                            .arg(wrong.offset));
    const QJsonObject all = document.object();
    const QJsonValue version = all[u"version"_s];
    if (!document.isObject() || !version.isDouble() || version.toDouble() < 1 ||
        !all[u"views"_s].isArray())
        return fail(ErrorKind::Invalid, Sentence::tr("it has no list \"views\" with a version"));
    ViewFile file;
    file.version = int(std::min(version.toDouble(), 1e9));
    const QJsonArray entries = all[u"views"_s].toArray();
    if (entries.size() > kMostViews)
        return fail(ErrorKind::Invalid, Sentence::tr("it has more than %1 views").arg(kMostViews));
    for (const QJsonValue& value : entries) {
        if (auto view = viewFrom(value))
            file.views += *view;
        else
            file.unreadable += value;
    }
    file.more = all;
    file.more.remove(u"version"_s);
    file.more.remove(u"views"_s);
    return file;
}

QByteArray viewsToJson(const ViewFile& file)
{
    QJsonArray entries;
    for (const SavedView& view : file.views)
        entries += entryOf(view);
    for (const QJsonValue& value : file.unreadable)
        entries += value;
    QJsonObject all = file.more;
    all[u"version"_s] = std::max(file.version, ViewFile::kVersion);
    all[u"views"_s] = entries;
    return QJsonDocument(all).toJson(QJsonDocument::Indented);
}

} // namespace queuedeck::domain
