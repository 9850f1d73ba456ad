// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/imports/importwriter.h"

#include "core/db/transaction.h"
#include "core/store/imports/apptable.h"
#include "core/store/imports/customerwriter.h"
#include "core/store/imports/productwriter.h"
#include "core/store/imports/saleswriter.h"
#include "core/store/imports/scanwriter.h"
#include "core/store/refusal.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using base::ErrorKind;
using base::fail;
using base::Sentence;
using domain::ImportTarget;
using domain::ImportVerdict;

namespace {
constexpr int kMostTries = 3;
constexpr std::chrono::seconds kDeadline{60}; // a batch may wait for another import's
const QString kBatchTable = u"ImportBatch"_s;

TargetWriter::Verdicts written(TargetWriter& target, const QVector<domain::ImportRow>& rows)
{
    return target.writeRows(rows);
}

TargetWriter::Verdicts written(TargetWriter& target, const QVector<domain::SalesOrder>& orders)
{
    return target.writeOrders(orders);
}
} // namespace

ImportWriter::ImportWriter(std::unique_ptr<JobStore> store, const base::Clock& clock)
    : m_store(std::move(store))
    , m_clock(clock)
{
    m_store->connection().setDeadline(kDeadline);
}

ImportWriter::~ImportWriter() = default;

base::Result<QString> ImportWriter::tenantFor(const QString& wanted)
{
    if (!wanted.isEmpty()) {
        if (QUuid::fromString(wanted).isNull())
            return fail(
                ErrorKind::Invalid,
                Sentence::tr("\"%1\" is not the id of a tenant, which is a uuid.").arg(wanted));
        return QUuid::fromString(wanted).toString(QUuid::WithoutBraces);
    }
    db::Connection& connection = m_store->connection();
    const TableShape& shape = m_store->shape();
    auto tenants = AppTable::openToRead(connection, shape, u"Tenant"_s, {u"id"_s});
    if (!tenants)
        return fail(ErrorKind::Invalid, Sentence::tr("Say which tenant the rows belong to."));
    const auto ids = tenants->someIds();
    if (!ids)
        return ids.error();
    if (ids->size() == 1)
        return ids->front();
    return fail(
        ErrorKind::Invalid,
        ids->isEmpty()
            ? Sentence::tr("The application has no tenant yet, and every row belongs to one.")
            : Sentence::tr("The application has several tenants. Say which one the rows "
                           "belong to."));
}

base::Status ImportWriter::begin(const domain::ImportScope& scope)
{
    m_scope = scope;
    m_target.reset();
    m_notes.reset();
    db::Connection& connection = m_store->connection();
    const TableShape& shape = m_store->shape();
    if (!shape.changesOff.isEmpty())
        return fail(ErrorKind::Unsupported, shape.changesOff);
    if (scope.target != ImportTarget::Scans && shape.dialect == db::Dialect::Postgres) {
        const auto tenant = tenantFor(scope.tenant);
        if (!tenant)
            return tenant.error();
        m_scope.tenant = *tenant;
    }
    const SqlText& sql = sqlText(shape.dialect, shape.isGuest());
    if (sql.companion && sql.imports && !scope.dryRun && scope.target != ImportTarget::Scans) {
        auto notes = ImportNotes::open(
            *m_store, scope.job,
            u"%1, job %2"_s.arg(domain::importTargetText(scope.target), scope.job));
        if (!notes)
            return notes.error();
        m_notes = std::move(*notes);
    }
    const ImportPlace place{connection, shape, m_clock, m_scope, m_notes ? &*m_notes : nullptr};
    base::Result<std::unique_ptr<TargetWriter>> target = [&place, &scope] {
        switch (scope.target) {
        case ImportTarget::Customers: return CustomerWriter::open(place);
        case ImportTarget::Products: return ProductWriter::open(place);
        case ImportTarget::Scans: return ScanWriter::open(place);
        case ImportTarget::SalesReport: break;
        }
        return SalesWriter::open(place);
    }();
    if (!target)
        return target.error();
    m_target = std::move(*target);
    return {};
}

template <class Item>
base::Result<QVector<ImportVerdict>> ImportWriter::once(const QVector<Item>& items)
{
    db::Connection& connection = m_store->connection();
    const SqlText& sql = sqlText(m_store->shape().dialect, m_store->shape().isGuest());
    auto transaction = db::Transaction::begin(connection);
    if (!transaction)
        return transaction.error();
    if (sql.imports) {
        const auto locked = connection.run(sql.imports->importLock.text(),
                                           {{u"key"_s, u"queuedeck import "_s + m_scope.tenant}});
        if (!locked)
            return locked.error();
    }
    if (m_notes)
        m_notes->beginBatch();
    auto verdicts = written(*m_target, items);
    base::Status ended = verdicts ? base::Status() : base::Status(verdicts.error());
    if (verdicts && m_notes)
        ended = m_notes->endBatch();
    if (ended && !m_scope.dryRun)
        ended = transaction->commit();
    m_target->settle(ended && !m_scope.dryRun);
    if (m_notes)
        m_notes->settle(bool(ended));
    if (!ended)
        return ended.error();
    return verdicts;
}

template <class Item>
base::Result<QVector<ImportVerdict>> ImportWriter::splitting(const QVector<Item>& items)
{
    if (items.isEmpty())
        return QVector<ImportVerdict>();
    auto verdicts = once(items);
    for (int again = 0;
         again < kMostTries && !verdicts && verdicts.error().recovery == base::Recovery::Again;
         ++again)
        verdicts = once(items);
    if (verdicts || !refusesARow(verdicts.error()))
        return verdicts;
    if (items.size() == 1)
        return QVector<ImportVerdict>{{ImportVerdict::Kind::Rejected, reasonOf(verdicts.error())}};
    const qsizetype half = items.size() / 2;
    auto first = splitting(items.first(half));
    if (!first)
        return first;
    const auto second = splitting(items.sliced(half));
    if (!second)
        return second;
    return *first + *second;
}

base::Result<QVector<ImportVerdict>> ImportWriter::write(const QVector<domain::ImportRow>& rows)
{
    return splitting(rows);
}

base::Result<QVector<ImportVerdict>> ImportWriter::write(const QVector<domain::SalesOrder>& orders)
{
    return splitting(orders);
}

base::Result<QString> ImportWriter::batchStatement(const Sql& sql)
{
    const auto table =
        AppTable::openToRead(m_store->connection(), m_store->shape(), kBatchTable,
                             {u"id"_s, u"tenantId"_s, u"dataType"_s, u"fileKey"_s, u"status"_s,
                              u"summary"_s, u"startedAt"_s, u"completedAt"_s});
    if (!table)
        return table.error();
    return table->filledIn(sql);
}

base::Result<domain::ImportBatch> ImportWriter::batch(const QString& id)
{
    const SqlText& sql = sqlText(m_store->shape().dialect, m_store->shape().isGuest());
    if (!sql.imports)
        return fail(
            ErrorKind::Unsupported,
            Sentence::tr("This database has no table ImportBatch; the web application's has one."));
    const auto statement = batchStatement(sql.imports->importBatch);
    if (!statement)
        return statement.error();
    const auto rows = m_store->connection().run(*statement, {{u"id"_s, id}});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return fail(ErrorKind::NotFound, Sentence::tr("There is no ImportBatch %1.").arg(id));
    const db::Rows::Row row = (*rows)[0];
    return domain::ImportBatch{row.text(0), row.text(1), row.text(2), row.text(3)};
}

base::Status ImportWriter::batchStarted(const QString& id)
{
    const SqlText& sql = sqlText(m_store->shape().dialect, m_store->shape().isGuest());
    const auto statement = batchStatement(sql.imports->importBatchStarted);
    if (!statement)
        return statement.error();
    const auto done = m_store->connection().run(
        *statement, {{u"id"_s, id}, {u"now"_s, db::timeText(m_clock.now())}});
    return done ? base::Status() : base::Status(done.error());
}

base::Status ImportWriter::batchEnded(const QString& id, bool succeeded, const QJsonObject& summary)
{
    const SqlText& sql = sqlText(m_store->shape().dialect, m_store->shape().isGuest());
    const auto statement = batchStatement(sql.imports->importBatchEnded);
    if (!statement)
        return statement.error();
    const QByteArray json = QJsonDocument(summary).toJson(QJsonDocument::Compact);
    const auto done = m_store->connection().run(
        *statement, {{u"id"_s, id},
                     {u"now"_s, db::timeText(m_clock.now())},
                     {u"status"_s, succeeded ? u"completed"_s : u"failed"_s},
                     {u"summary"_s, QString::fromUtf8(json)}});
    return done ? base::Status() : base::Status(done.error());
}

} // namespace queuedeck::store
