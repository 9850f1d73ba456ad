// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/viewstore.h"

#include "core/async/taskthread.h"
#include "core/base/privatefiles.h"
#include "core/base/sharedfile.h"
#include "core/domain/jobfilter.h"
#include "core/domain/viewfile.h"
#include "core/service/home.h"

#include <QFile>
#include <QSaveFile>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::service::viewstore {

using base::ErrorKind;
using base::fail;
using base::Sentence;
using base::SharedFile;
using domain::SavedView;
using domain::SavedViewList;
using domain::ViewFile;

namespace {
async::TaskThread& thread()
{
    static async::TaskThread files("qd-views");
    return files;
}

base::Result<ViewFile> parsed(const base::Result<QByteArray>& bytes)
{
    return bytes ? domain::viewsFromJson(*bytes) : base::Result<ViewFile>(bytes.error());
}

SavedViews savedFrom(const base::Result<ViewFile>& read)
{
    if (read)
        return {read->views, read->isNewer(), int(read->unreadable.size())};
    SavedViews none;
    if (read.error().kind != ErrorKind::NotFound)
        none.problem = Sentence::tr("The saved views in %1 cannot be read: %2. The file is left as "
                                    "it is; when a view is saved, it is kept under another name.")
                           .arg(file(), read.error().detail);
    return none;
}

// Blocks.
template <class Change>
base::Result<SavedViews> change(Change make)
{
    SavedViews saved;
    const base::Status done = SharedFile(file()).change(
        [&](const base::Result<QByteArray>& bytes) -> base::Result<SharedFile::Content> {
            auto content = parsed(bytes);
            const bool isUnreadable = !content && content.error().kind != ErrorKind::NotFound;
            if (!content)
                content = ViewFile{};
            if (content->isNewer())
                return fail(ErrorKind::Denied,
                            Sentence::tr("The views in %1 were saved by a newer Queuedeck. They "
                                         "can be used, but not changed from here.")
                                .arg(file()));
            if (const base::Status made = make(*content); !made)
                return made.error();
            saved = savedFrom(content);
            return SharedFile::Content{domain::viewsToJson(*content), isUnreadable};
        });
    if (!done)
        return done.error();
    return saved;
}

SavedViewList without(const SavedViewList& views, const QString& id)
{
    SavedViewList rest = views;
    rest.removeIf([&id](const SavedView& one) { return one.id == id; });
    return rest;
}

base::Status put(ViewFile& content, SavedView view)
{
    if (const Sentence problem =
            domain::viewNameProblem(view.name, view.connection, without(content.views, view.id));
        !problem.isEmpty())
        return fail(ErrorKind::Invalid, problem);
    if (const auto filter = domain::JobFilter::parse(view.query); !filter)
        return fail(ErrorKind::Invalid, filter.error().message);
    const auto same = std::find_if(content.views.begin(), content.views.end(),
                                   [&](const SavedView& one) { return one.id == view.id; });
    if (same != content.views.end()) {
        *same = view;
        return {};
    }
    if (view.id.isEmpty() || view.isPreset())
        view.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    content.views += view;
    return {};
}

base::Result<int> addFrom(const QString& path, const QString& connection)
{
    const auto from = parsed(SharedFile(path).read());
    if (!from)
        return fail(from.error().kind,
                    from.error().kind == ErrorKind::NotFound
                        ? Sentence::tr("There is no file %1.").arg(path)
                        : Sentence::tr("The file %1 cannot be read: %2. Nothing was imported.")
                              .arg(path, from.error().detail));
    if (from->isNewer())
        return fail(ErrorKind::Unsupported,
                    Sentence::tr("The file %1 was written by a newer Queuedeck. Nothing was "
                                 "imported.")
                        .arg(path));
    if (!from->unreadable.isEmpty())
        return fail(ErrorKind::Invalid,
                    Sentence::tr("%1 of the views in %2 have no name, or a filter that is not "
                                 "understood. Nothing was imported.")
                        .arg(from->unreadable.size())
                        .arg(path));
    const auto saved = change([&](ViewFile& content) -> base::Status {
        for (SavedView view : from->views) {
            view.id.clear();
            if (!view.connection.isEmpty())
                view.connection = connection;
            view.name = domain::freeViewName(view.name, view.connection, content.views);
            if (const base::Status done = put(content, view); !done)
                return done;
        }
        return {};
    });
    if (!saved)
        return saved.error();
    return int(from->views.size());
}

base::Result<int> writeTo(const QString& path, const QString& connection, bool mayReplace)
{
    if (!mayReplace && QFile::exists(path))
        return fail(ErrorKind::Conflict, Sentence::tr("%1 exists already.").arg(path));
    ViewFile content;
    const auto all = parsed(SharedFile(file()).read());
    if (!all && all.error().kind != ErrorKind::NotFound)
        return fail(all.error().kind, savedFrom(all).problem);
    if (all) {
        std::copy_if(all->views.cbegin(), all->views.cend(), std::back_inserter(content.views),
                     [&](const SavedView& view) {
                         return view.connection.isEmpty() || view.connection == connection;
                     });
    }
    QSaveFile to(path);
    to.setDirectWriteFallback(false);
    const QByteArray bytes = domain::viewsToJson(content);
    if (!to.open(QIODevice::WriteOnly) || !to.setPermissions(base::kPrivateFile) ||
        to.write(bytes) != bytes.size() || !to.commit())
        return fail(ErrorKind::Denied,
                    Sentence::tr("%1 cannot be written: %2.").arg(path, to.errorString()));
    return int(content.views.size());
}
} // namespace

QString file()
{
    return homeFolder() + u"/views.json"_s;
}

SavedViews read()
{
    return savedFrom(parsed(SharedFile(file()).read()));
}

QFuture<base::Result<SavedViews>> readLater()
{
    return thread().run([]() -> base::Result<SavedViews> { return read(); });
}

QFuture<base::Result<SavedViews>> save(const SavedView& view)
{
    return thread().run([view]() -> base::Result<SavedViews> {
        return change([&](ViewFile& content) { return put(content, view); });
    });
}

QFuture<base::Result<SavedViews>> remove(const QString& id)
{
    return thread().run([id]() -> base::Result<SavedViews> {
        return change([&](ViewFile& content) -> base::Status {
            content.views = without(content.views, id);
            return {};
        });
    });
}

QFuture<base::Result<int>> importFrom(const QString& path, const QString& connection)
{
    return thread().run([=]() -> base::Result<int> { return addFrom(path, connection); });
}

QFuture<base::Result<int>> exportTo(const QString& path, const QString& connection, bool mayReplace)
{
    return thread().run(
        [=]() -> base::Result<int> { return writeTo(path, connection, mayReplace); });
}

} // namespace queuedeck::service::viewstore
