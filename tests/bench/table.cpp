// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/table.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "core/store/jobstore.h"
#include "tests/support/pgcluster.h"
#include "ui/actions/actionset.h"
#include "ui/jobs/jobspage.h"
#include "ui/jobs/jobtablemodel.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::bench {

namespace {
constexpr int kRounds = 5;
constexpr auto kPatience = 5min;

template <class T>
T value(base::Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().detail));
    return std::move(*result);
}

db::Rows run(store::JobStore& store, const QString& statement)
{
    return value(store.connection().run(statement));
}

// 98.5 % completed, 1 % failed, 0.5 % pending, over 29 days; one failure in a thousand is rare.
void fill(store::JobStore& store, int rows)
{
    const bool isSqlite = store.connection().dialect() == db::Dialect::Sqlite;
    store.connection().setDeadline(60min);
    const QString status =
        u"CASE WHEN i % 200 < 2 THEN 'failed' WHEN i % 200 = 2 THEN 'pending' ELSE 'completed' END"_s;
    const QString type =
        u"CASE i % 4 WHEN 0 THEN 'image_extraction' WHEN 1 THEN 'bulk_import' WHEN 2 THEN "
        "'report_generation' ELSE 'customer_enrichment' END"_s;
    const QString error = u"CASE WHEN i % 200 < 2 THEN CASE WHEN i % 200000 = 1 THEN "
                          "'certificate of needle.example has expired' ELSE 'timeout after ' || "
                          "(i % 97) || ' s' END END"_s;
    run(store,
        isSqlite
            ? u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) "
              "INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", \"attempts\", "
              "\"error\", \"createdAt\") SELECT lower(hex(randomblob(4))) || "
              "'-0000-4000-8000-' || lower(hex(randomblob(6))), %2, '{\"scanId\":\"' || i || "
              "'\",\"n\":' || (i % 9) "
              "|| "
              "'}', %3, 1, %4, strftime('%Y-%m-%dT%H:%M:%S', 1793491200 + i * 2505600 / %1, "
              "'unixepoch') || '.' || substr('00' || (i % 1000), -3) || '+00:00' FROM n"_s.arg(rows)
                  .arg(type, status, error)
            : u"INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", \"attempts\", "
              "\"error\", \"createdAt\") SELECT gen_random_uuid(), %2, ('{\"scanId\":\"' || i || "
              "'\",\"n\":' || (i % 9) || '}')::jsonb, %3, 1, %4, timestamp '2026-11-01' + i * "
              "(interval '29 days' / %1) FROM generate_series(1, %1) i"_s.arg(rows)
                  .arg(type, status, error));
    run(store, isSqlite ? u"ANALYZE"_s : u"VACUUM ANALYZE \"Job\""_s);
}

// The median of some calls, in ms.
double median(const std::function<void()>& act, int rounds = kRounds)
{
    std::vector<double> all;
    for (int i = 0; i < rounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        act();
        all.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
}

// Until it is so, while the event loop runs; looks every millisecond.
void waitUntil(const std::function<bool()>& isSo, const char* what)
{
    QEventLoop loop;
    QTimer timer;
    QElapsedTimer waited;
    waited.start();
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        if (isSo())
            loop.quit();
        else if (waited.hasExpired(std::chrono::milliseconds(kPatience).count()))
            qFatal("%s: not within five minutes", what);
    });
    timer.start(1);
    loop.exec();
}

template <class T>
T await(const QFuture<base::Result<T>>& future)
{
    waitUntil([&future] { return future.isFinished(); }, "an answer");
    return value(async::resultOf(future));
}

/// The page of jobs as a person sees it.
class Window
{
public:
    explicit Window(service::Session& session)
        : m_page(session, m_actions)
    {
        m_page.resize(1440, 900);
        m_page.show();
        m_page.setShown(true);
        m_table = m_page.findChild<ui::DataTable*>(u"jobs"_s);
    }

    void waitForRows(const char* what)
    {
        waitUntil([this] { return isSeen(); }, what);
    }
    void scrollTo(double part)
    {
        QScrollBar* bar = m_table->verticalScrollBar();
        bar->setValue(int(double(bar->maximum()) * part));
    }
    void filter(const QString& text) { m_page.setFilterText(text); }
    int rows() const { return model()->rowCount(); }
    qint64 matches() const
    {
        return m_page.scope().matches.value_or(domain::MatchCount{-1, false}).count;
    }
    const ui::JobTableModel* model() const
    {
        return static_cast<const ui::JobTableModel*>(m_table->model());
    }

private:
    // All rows in view are there.
    bool isSeen() const
    {
        const int first = m_table->rowAt(0);
        const int last = m_table->rowAt(m_table->viewport()->height() - 1);
        if (!model()->isLoaded() || first < 0)
            return false;
        for (int row = first; row <= (last < 0 ? rows() - 1 : last); ++row) {
            if (!model()->job(row))
                return false;
        }
        return true;
    }

    ui::ActionSet m_actions;
    ui::JobsPage m_page;
    ui::DataTable* m_table = nullptr;
};

/// Another program that writes a few hundred times a second.
class Writer
{
public:
    explicit Writer(const db::DatabaseUrl& url)
        : m_thread([this, url] {
            const auto store = value(store::JobStore::open(url, db::OpenMode::ReadWrite));
            while (!m_ends) {
                const auto ids = run(*store, u"SELECT \"id\" FROM \"Job\" WHERE \"status\" = "
                                             "'pending' ORDER BY \"createdAt\" LIMIT 4"_s);
                for (size_t i = 0; i < ids.size(); ++i)
                    value(store->connection().run(
                        u"UPDATE \"Job\" SET \"status\" = 'completed' WHERE \"id\" = :id%1"_s.arg(
                            store->connection().dialect() == db::Dialect::Postgres ? u"::uuid"_s
                                                                                   : QString()),
                        {{u"id"_s, ids[i].text(0)}}));
                std::this_thread::sleep_for(10ms);
            }
        })
    {
    }
    ~Writer()
    {
        m_ends = true;
        m_thread.join();
    }

private:
    std::atomic<bool> m_ends = false;
    std::thread m_thread;
};

QJsonObject line(double ours, double bare)
{
    return {{u"ms"_s, ours}, {u"bareMs"_s, bare}, {u"timesBare"_s, ours / std::max(bare, 0.001)}};
}

// Figures of the whole queue in ten seconds: how many were read, and what part of the time it took.
QJsonObject figures(service::Session& session)
{
    constexpr int kSeconds = 12;
    int read = 0;
    qint64 took = 0;
    QObject counter;
    QObject::connect(&session.snapshots(), &service::SnapshotFeed::read, &counter, [&] {
        ++read;
        took += session.snapshots().took().count();
    });
    QEventLoop loop;
    QTimer::singleShot(kSeconds * 1000, &loop, &QEventLoop::quit);
    loop.exec();
    return {{u"snapshots"_s, read}, {u"share"_s, double(took) / (kSeconds * 1000)}};
}

QJsonObject measure(const db::DatabaseUrl& url, const QString& address, int rows)
{
    if (const base::Status made = store::JobStore::initialise(url); !made)
        qFatal("%s", qPrintable(made.error().detail));
    const auto bare = value(store::JobStore::open(url, db::OpenMode::ReadWrite));
    QElapsedTimer filling;
    filling.start();
    fill(*bare, rows);
    QJsonObject all{{u"rows"_s, rows}, {u"filledSeconds"_s, double(filling.elapsed()) / 1000}};

    const QString page = u"SELECT \"id\", \"type\", \"status\", \"attempts\", \"error\", "
                         "\"createdAt\" FROM \"Job\" WHERE \"status\" = 'completed' "_s;
    const auto bareTime = [&](const QString& statement, int rounds = kRounds) {
        return median([&] { run(*bare, statement); }, rounds);
    };
    const double bareNewest = bareTime(page + u"ORDER BY \"createdAt\" DESC LIMIT 200"_s);
    const double bareOldest = bareTime(page + u"ORDER BY \"createdAt\" LIMIT 200"_s);
    const bool isSqlite = url.dialect == db::Dialect::Sqlite;
    const double bareMiddle =
        bareTime(page +
                 (isSqlite ? u"AND \"createdAt\" <= '2026-11-16T00:00:00.000+00:00' "_s
                           : u"AND \"createdAt\" <= timestamp '2026-11-16' "_s) +
                 u"ORDER BY \"createdAt\" DESC LIMIT 200"_s);
    const double bareSearch =
        bareTime(u"SELECT \"id\" FROM \"Job\" WHERE \"error\" LIKE '%%needle.example%%'"_s, 3);
    const double bareCounts =
        bareTime(u"SELECT \"status\", \"type\", COUNT(*) FROM \"Job\" GROUP BY 1, 2"_s, 3);

    service::Session::Options options;
    options.address = address;
    QElapsedTimer timer;
    timer.start();
    const auto session = std::make_shared<service::Session>(await(service::Session::open(options)));
    session->changes().setInterval(1s);
    Window window(*session);
    window.waitForRows("the first page");
    all[u"openedWithFirstPage"_s] = line(double(timer.nsecsElapsed()) / 1e6, bareNewest);

    waitUntil([&] { return session->snapshots().current().takenAt.isValid(); }, "the figures");
    waitUntil([&] { return window.rows() >= std::min(rows, 100'000); }, "the number of rows");
    const auto jump = [&](double part, const char* what) {
        return median(
            [&] {
                window.scrollTo(part);
                window.waitForRows(what);
            },
            1);
    };
    all[u"end"_s] = line(jump(1, "the end"), bareOldest);
    all[u"middle"_s] = line(jump(0.5, "the middle"), bareMiddle);
    all[u"top"_s] = line(jump(0, "the top"), bareNewest);

    const auto filtered = [&](const QString& text, const char* what) {
        QElapsedTimer since;
        since.start();
        window.filter(text);
        waitUntil(
            [&] {
                return window.rows() > 0 && window.model()->job(0) &&
                       (!text.startsWith("error"_L1) ||
                        window.model()->job(0)->error.contains(u"needle"_s));
            },
            what);
        return double(since.nsecsElapsed()) / 1e6;
    };
    all[u"statusFilter"_s] = line(filtered(u"status:failed"_s, "failed jobs"), bareNewest);
    all[u"searchFirstHit"_s] =
        line(filtered(u"error:\"needle.example\""_s, "the first hit"), bareSearch);
    window.filter({});
    window.waitForRows("all jobs");

    all[u"figures"_s] = line(median([&] { await(session->jobs().snapshot()); }, 3), bareCounts);
    all[u"figuresIdle"_s] = figures(*session);
    {
        const Writer writer(url);
        all[u"figuresMoving"_s] = figures(*session);
        all[u"refreshMoving"_s] =
            line(median([&] { await(session->jobs().page({})); }), bareNewest);
    }
    return all;
}
} // namespace

QJsonObject table(int rows)
{
    ui::Appearance::instance().install(*qApp, ui::ThemeChoice::Light);
    QJsonObject figures;
    {
        test::PgCluster cluster(test::PgCluster::Disk::Durable);
        if (!cluster.start())
            qFatal("%s", qPrintable(cluster.error()));
        const db::DatabaseUrl url = cluster.freshDatabase();
        const auto encoded = [](const QString& text) {
            return QString::fromLatin1(QUrl::toPercentEncoding(text));
        };
        figures[u"postgres"_s] =
            measure(url,
                    u"postgresql://%1:%2@%3:%4/%5"_s.arg(
                        encoded(url.user), encoded(url.password), encoded(url.host),
                        QString::number(url.port), encoded(url.database)),
                    rows);
    }
    const QTemporaryDir folder;
    db::DatabaseUrl file;
    file.dialect = db::Dialect::Sqlite;
    file.path = folder.filePath(u"jobs.db"_s);
    value(store::JobStore::open(file, db::OpenMode::Create));
    figures[u"sqlite"_s] = measure(file, u"sqlite:"_s + file.path, rows);
    return figures;
}

} // namespace queuedeck::bench
