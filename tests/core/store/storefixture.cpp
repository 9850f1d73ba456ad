// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/storefixture.h"

#include <QProcessEnvironment>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace queuedeck::test {

namespace {
// Written in every attempt, so not a change.
const QStringList kTables{u"lease"_s,          u"attempt"_s,    u"retry"_s,       u"expedite"_s,
                          u"engine"_s,         u"journal"_s,    u"journal_row"_s, u"image"_s,
                          u"journal_effect"_s, u"enrichment"_s, u"spend"_s};

// As another application's migration made them, before Queuedeck existed there.
const QString kDeployed = uR"(
CREATE TABLE "Job" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "type" text NOT NULL,
    "payload" jsonb NOT NULL, "status" text DEFAULT 'pending', "attempts" integer DEFAULT 0,
    "error" text, "createdAt" timestamp(6) DEFAULT CURRENT_TIMESTAMP, "completedAt" timestamp(6),
    CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
CREATE INDEX "Job_status_createdAt_idx" ON "Job" ("status", "createdAt");
CREATE TABLE "ImageScan" ("id" uuid NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
    "tenantId" uuid NOT NULL, "userId" uuid NOT NULL, "imageUrl" text NOT NULL,
    "scanType" text NOT NULL, "extractedData" jsonb NOT NULL DEFAULT '{}', "customerId" uuid,
    "status" text DEFAULT 'processing', "errorMessage" text,
    "createdAt" timestamp(6) DEFAULT CURRENT_TIMESTAMP, "completedAt" timestamp(6));)"_s;

const QString kTextIds = uR"(
CREATE SCHEMA "leora app"; SET search_path = "leora app";
CREATE TABLE "Job" ("id" text NOT NULL PRIMARY KEY, "type" varchar(80) NOT NULL,
    "payload" json NOT NULL, "status" varchar NOT NULL DEFAULT 'pending',
    "attempts" smallint NOT NULL DEFAULT 0, "error" text,
    "createdAt" timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, "completedAt" timestamptz);
CREATE INDEX ON "Job" ("status", "createdAt");
CREATE TABLE "ImageScan" ("id" text NOT NULL PRIMARY KEY, "tenantId" text NOT NULL,
    "userId" text NOT NULL, "imageUrl" text NOT NULL, "scanType" text NOT NULL,
    "extractedData" json NOT NULL DEFAULT '{}', "customerId" text, "status" text,
    "errorMessage" text, "createdAt" timestamptz, "completedAt" timestamptz);)"_s;
} // namespace

QString StoreFixture::start()
{
    if (!m_cluster.start())
        return m_cluster.error();
    return m_pooler.start(m_cluster) ? QString() : m_pooler.error();
}

db::DatabaseUrl StoreFixture::freshDatabase(StoreKind kind)
{
    db::DatabaseUrl url;
    if (kind == StoreKind::Sqlite)
        url = emptyFile();
    else
        url = m_cluster.freshDatabase();
    if (kind == StoreKind::TextIds)
        url.schema = u"leora app"_s;
    if (kind == StoreKind::Deployed || kind == StoreKind::TextIds) {
        const QString problem = psql(url, kind == StoreKind::TextIds ? kTextIds : kDeployed);
        if (!problem.isEmpty())
            qFatal("%s", qPrintable(problem));
    }
    if (kind == StoreKind::Pooled)
        url = m_pooler.through(url);
    if (const base::Status made = store::JobStore::initialise(url); !made)
        qFatal("%s", qPrintable(made.error().detail));
    return url;
}

db::DatabaseUrl StoreFixture::emptyFile()
{
    return db::DatabaseUrl::sqliteFile(m_folder.filePath(u"%1.db"_s.arg(++m_files)));
}

QString StoreFixture::sqlite(const db::DatabaseUrl& url, const QString& script)
{
    sqlite3* handle = nullptr;
    char* message = nullptr;
    sqlite3_open(url.path.toUtf8(), &handle);
    sqlite3_exec(handle, script.toUtf8(), nullptr, nullptr, &message);
    const QString problem = QString::fromUtf8(message);
    sqlite3_free(message);
    sqlite3_close(handle);
    return problem;
}

QString StoreFixture::psql(const db::DatabaseUrl& url, const QString& script)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PGPASSWORD"_s, url.password);
    process.setProcessEnvironment(environment);
    process.start(ServiceChild::findProgram(u"psql"_s),
                  {u"-X"_s, u"-q"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s, u"-h"_s, url.host, u"-p"_s,
                   QString::number(url.port), u"-U"_s, url.user, u"-d"_s, url.database});
    process.write(script.toUtf8());
    process.closeWriteChannel();
    if (process.waitForFinished() && process.exitCode() == 0)
        return {};
    return process.errorString() + QString::fromUtf8(process.readAllStandardError());
}

std::unique_ptr<store::JobStore> StoreFixture::open(const db::DatabaseUrl& url)
{
    auto opened = store::JobStore::open(url, db::OpenMode::ReadWrite);
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    return std::move(*opened);
}

db::Rows StoreFixture::sql(store::JobStore& store, const QString& text, const db::Params& params)
{
    auto rows = store.connection().run(text, params);
    if (!rows)
        qFatal("%s: %s", qPrintable(text), qPrintable(rows.error().detail));
    return std::move(*rows);
}

QString StoreFixture::dump(store::JobStore& store, const QStringList& tables)
{
    QString text;
    for (const QString& table : tables) {
        const db::Rows rows = sql(store, u"SELECT * FROM %1 ORDER BY 1, 2"_s.arg(table));
        text += table + u'\n';
        for (size_t i = 0; i < rows.size(); ++i) {
            for (int column = 0; column < int(rows.columns()); ++column) {
                const db::Rows::Row row = rows[i];
                text += row.isNull(column) ? u"NULL|"_s : u'\'' + row.text(column) + u"'|"_s;
            }
            text += u'\n';
        }
    }
    return text;
}

QString StoreFixture::jobs(store::JobStore& store)
{
    return dump(store, {u"\"Job\""_s, u"\"ImageScan\""_s});
}

QString StoreFixture::everything(store::JobStore& store)
{
    const bool isSqlite = store.connection().dialect() == db::Dialect::Sqlite;
    QStringList tables;
    for (const QString& name : kTables)
        tables += (isSqlite ? u"queuedeck_"_s : u"queuedeck."_s) + name;
    if (isSqlite)
        tables += {u"queuedeck_claim"_s, u"queuedeck_batch"_s, u"queuedeck_lost"_s,
                   u"queuedeck_tally"_s, u"queuedeck_journal_cell"_s};
    return jobs(store) + dump(store, tables);
}

domain::JobIds StoreFixture::add(store::JobStore& store, int count, const QString& type)
{
    QVector<domain::NewJob> jobs(count, {type, QJsonObject{{u"a"_s, 1}, {u"text"_s, u"it's ü"_s}}});
    const auto ids = store.additions.enqueue(jobs, {u"tester"_s, u"here"_s});
    if (!ids)
        qFatal("%s", qPrintable(ids.error().detail));
    const QDateTime first = QDateTime::currentDateTimeUtc().addSecs(-count - 60);
    for (int i = 0; i < count && count <= 50; ++i)
        set(store, (*ids)[i], u"\"createdAt\" = '%1'"_s.arg(db::timeText(first.addSecs(i))));
    return *ids;
}

void StoreFixture::set(store::JobStore& store, const domain::JobId& id, const QString& assignments)
{
    sql(store, u"UPDATE \"Job\" SET %1 WHERE \"id\" = :id"_s.arg(assignments),
        {{u"id"_s, id.value}});
}

domain::Job StoreFixture::job(store::JobStore& store, const domain::JobId& id)
{
    const auto detail = store.jobs.job(id);
    if (!detail)
        qFatal("%s", qPrintable(detail.error().detail));
    return detail->job;
}

} // namespace queuedeck::test
