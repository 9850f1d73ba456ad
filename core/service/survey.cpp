// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/survey.h"

#include "core/async/taskthread.h"
#include "core/db/addresspassword.h"
#include "core/service/storedpassword.h"
#include "core/store/jobstore.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

namespace {
async::TaskThread& surveyor()
{
    db::Connection::makeRegistry();
    static async::TaskThread thread("qd-survey"); // connecting may take seconds
    return thread;
}

base::Result<Survey> look(const QString& address)
{
    auto url = db::DatabaseUrl::parse(address);
    if (!url)
        return url.error();
    QElapsedTimer timer;
    timer.start();
    auto connection = openWithStoredPassword(*url, [](const db::DatabaseUrl& tried) {
        return db::Connection::open(tried, db::OpenMode::ReadOnly);
    });
    if (!connection)
        return connection.error();
    Survey survey;
    survey.took = std::chrono::milliseconds(timer.elapsed());
    survey.surveyedAt = QDateTime::currentDateTimeUtc();
    survey.address = url->display();
    survey.isFile = url->dialect == db::Dialect::Sqlite;
    survey.isPooled = (*connection)->isPooled();
    survey.user = url->user;
    survey.notes = url->notes;
    const auto server = store::serverVersion(**connection);
    if (!server)
        return server.error();
    survey.server = *server;
    const auto may = store::mayCreateTables(**connection);
    if (!may)
        return may.error();
    survey.mayCreate = *may;
    const auto shape = store::readTableShape(**connection);
    if (!shape) {
        if (shape.error().kind == base::ErrorKind::NotFound) { // reachable, but no table Job
            const auto others = store::similarTables(**connection);
            if (!others)
                return others.error();
            for (const store::SimilarTable& other : *others)
                survey.others += {other.schema, other.table, other.name()};
            if (others->isEmpty())
                survey.notes = {shape.error().detail};
            return survey;
        }
        return shape.error();
    }
    survey.hasJob = true;
    survey.hasScans = shape->scan.exists;
    survey.hasCompanions = !shape->isGuest();
    survey.mode = shape->mode;
    survey.changesOff = shape->changesOff;
    survey.enqueueOff = shape->enqueueOff;
    survey.deleteOff = shape->deleteOff;
    survey.notes += shape->notes;
    return survey;
}
} // namespace

QFuture<base::Result<Survey>> survey(const QString& address)
{
    return surveyor().run([address] { return look(address); });
}

base::Result<QString> addressOf(const QString& address, const OtherQueue& queue)
{
    return db::DatabaseUrl::withTable(address, queue.schema, queue.table);
}

AddressParts partsOf(const QString& address)
{
    const db::AddressParts parts = db::splitAddress(address);
    return {parts.address, parts.password};
}

QString addressOf(const AddressParts& parts)
{
    return db::joinAddress({parts.address, parts.password});
}

QFuture<base::Result<int>> createTables(const QString& address)
{
    return surveyor().run([address]() -> base::Result<int> {
        auto url = db::DatabaseUrl::parse(address);
        if (!url)
            return url.error();
        const base::Status made = openWithStoredPassword(
            *url, [](const db::DatabaseUrl& tried) { return store::JobStore::initialise(tried); });
        if (!made)
            return made.error();
        return companionTables();
    });
}

QString tablesSql(const QString& address)
{
    const auto url = db::DatabaseUrl::parse(address);
    return url ? store::JobStore::initialSql(*url).trimmed() : QString();
}

int companionTables()
{
    return store::JobStore::companionTables();
}

} // namespace queuedeck::service
