// SPDX-License-Identifier: GPL-3.0-or-later
// The file of saved views in a real folder, and how many jobs each matches.
#include "core/domain/jobfilter.h"
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/snapshotfeed.h"
#include "core/service/viewcounts.h"
#include "core/service/viewstore.h"
#include "core/service/vocabularyfeed.h"
#include "tests/support/sessions.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::service;
using base::ErrorKind;
using domain::SavedView;
using tests::await;
using tests::waitFor;

class TestViewStore : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    static SavedView view(const QString& name, const QString& query,
                          const QString& connection = u"here"_s)
    {
        return {.name = name, .query = query, .connection = connection};
    }
    static QStringList names(const domain::SavedViewList& views)
    {
        QStringList all;
        for (const SavedView& one : views)
            all += one.name;
        return all;
    }
    void write(const QString& path, const QByteArray& bytes)
    {
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    static QByteArray content(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("QUEUEDECK_HOME", QFile::encodeName(m_folder->filePath(u"home"_s)));
    }

    void savesRenamesAndRemoves()
    {
        QVERIFY(viewstore::read().views.isEmpty() && viewstore::read().problem.isEmpty());
        QVERIFY(!QFile::exists(viewstore::file())); // reading makes nothing
        SavedViews saved = await(viewstore::save(view(u"Timeouts"_s, u"error:timeout"_s)));
        QCOMPARE(names(saved.views), QStringList{u"Timeouts"_s});
        QCOMPARE(QFile::permissions(viewstore::file()) & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
        SavedView one = saved.views.first();
        one.name = u"Timeouts, all"_s;
        one.columns = QStringList{u"0:112:0"_s};
        await(viewstore::save(one));
        QCOMPARE(viewstore::read().views, domain::SavedViewList{one});
        QCOMPARE(await(viewstore::remove(one.id)).views.size(), 0);
    }

    void refusesWhatCannotBe()
    {
        await(viewstore::save(view(u"Mine"_s, u"status:failed"_s)));
        const QByteArray before = content(viewstore::file());
        for (const SavedView& wrong :
             {view(u"mine"_s, u"status:failed"_s), view(u""_s, u"a"_s), view(u"Stuck"_s, u"a"_s),
              view(u"New"_s, u"status:("_s), view(u"MINE"_s, u"a"_s, {})}) {
            const auto saved = waitFor(viewstore::save(wrong));
            QVERIFY2(!saved && saved.error().kind == ErrorKind::Invalid, qPrintable(wrong.name));
        }
        QCOMPARE(content(viewstore::file()), before);
        await(viewstore::save(view(u"Mine"_s, u"status:failed"_s, u"there"_s))); // do not meet
    }

    void whatIsUnreadableIsKept()
    {
        write(viewstore::file(), "{ broken");
        QVERIFY(viewstore::read().problem.contains(u"not JSON"_s));
        await(viewstore::save(view(u"Mine"_s, u"a"_s)));
        QCOMPARE(viewstore::read().views.size(), 1);
        QCOMPARE(content(viewstore::file() + u".unreadable-1"_s), QByteArray("{ broken"));
        write(viewstore::file(), "{\"version\": 9, \"views\": []}");
        const auto newer = waitFor(viewstore::save(view(u"Other"_s, u"a"_s)));
        QVERIFY(!newer && newer.error().kind == ErrorKind::Denied);
        QVERIFY(content(viewstore::file()).contains("9"));
    }

    void oneAfterTheOtherFromManyPlaces()
    {
        std::vector<QFuture<base::Result<SavedViews>>> all;
        for (int i = 0; i < 20; ++i)
            all.push_back(viewstore::save(view(u"View %1"_s.arg(i), u"id:%1"_s.arg(i))));
        for (const auto& one : all)
            await(one);
        QCOMPARE(viewstore::read().views.size(), 20);
    }

    void importsAndExports()
    {
        await(viewstore::save(view(u"Mine"_s, u"status:failed"_s)));
        await(viewstore::save(view(u"Every"_s, u"status:pending"_s, {})));
        await(viewstore::save(view(u"Elsewhere"_s, u"a"_s, u"there"_s)));
        const QString file = m_folder->filePath(u"views.json"_s);
        QCOMPARE(await(viewstore::exportTo(file, u"here"_s, false)), 2);
        QVERIFY(!content(file).contains("Elsewhere"));
        const auto again = waitFor(viewstore::exportTo(file, u"here"_s, false));
        QVERIFY(!again && again.error().kind == ErrorKind::Conflict);

        // On another connection, where "Every" is there already.
        QCOMPARE(await(viewstore::importFrom(file, u"third"_s)), 2);
        const auto there = domain::viewsFor(viewstore::read().views, u"third"_s);
        QVERIFY(domain::findView(there, u"Mine"_s) && domain::findView(there, u"Every 2"_s));

        const QByteArray before = content(viewstore::file());
        for (const QByteArray& wrong :
             {QByteArray(), QByteArray("[]"), QByteArray("{\"version\": 2, \"views\": []}"),
              QByteArray(
                  "{\"version\": 1, \"views\": [{\"name\": \"A\", \"query\": \"a\"}, {}]}")}) {
            write(file, wrong);
            QVERIFY2(!waitFor(viewstore::importFrom(file, u"here"_s)), wrong);
        }
        QVERIFY(!waitFor(viewstore::importFrom(m_folder->filePath(u"none"_s), u"here"_s)));
        QVERIFY(!waitFor(viewstore::importFrom(m_folder->path(), u"here"_s)));
        QCOMPARE(content(viewstore::file()), before);
        QVERIFY(!waitFor(viewstore::exportTo(u"/nowhere/at/all.json"_s, u"here"_s, true)));
    }

    void countsFollowTheQueue()
    {
        const auto session = tests::openAt(m_folder->filePath(u"queue.db"_s));
        ViewCounts counts(session->jobs(), session->snapshots());
        QSignalSpy counted(&counts, &ViewCounts::changed);
        SavedView pending = view(u"Pending"_s, u"status:pending"_s);
        pending.id = u"1"_s;
        SavedView silent = view(u"Silent"_s, u"status:pending"_s);
        silent.id = u"2"_s;
        silent.isCounted = false;
        counts.setViews({pending, silent});
        await(session->jobs().enqueue(tests::kReport, tests::kReportPayload, 3));
        session->snapshots().refresh();
        QTRY_VERIFY_WITH_TIMEOUT(session->snapshots().isCurrent(), 60'000);
        QVERIFY(!counts.count(u"1"_s)); // nobody looks
        counts.setActive(true);
        QTRY_VERIFY_WITH_TIMEOUT(
            counts.count(u"1"_s) && *counts.count(u"1"_s) == domain::MatchCount{3}, 60'000);
        QVERIFY(!counts.count(u"2"_s));
        await(session->jobs().enqueue(tests::kReport, tests::kReportPayload, 4));
        session->snapshots().refresh();
        QTRY_COMPARE_WITH_TIMEOUT(counts.count(u"1"_s)->count, 7, 60'000);
        pending.query = u"status:failed"_s;
        counts.setViews({pending}); // the old figure is of another filter
        QVERIFY(!counts.count(u"1"_s) || counts.count(u"1"_s)->count == 0);
        QTRY_COMPARE_WITH_TIMEOUT(counts.count(u"1"_s).value_or(domain::MatchCount{-1}).count, 0,
                                  60'000);
    }

    void wordsComeFromTheQueue()
    {
        const auto session = tests::openAt(m_folder->filePath(u"queue.db"_s));
        await(session->jobs().enqueue(tests::kReport, tests::kReportPayload, 5));
        session->snapshots().refresh();
        QTRY_VERIFY_WITH_TIMEOUT(session->snapshots().isCurrent(), 60'000);
        VocabularyFeed words(session->jobs(), session->snapshots());
        QVERIFY(words.current().paths.isEmpty());
        QCOMPARE(words.current().types, (QVector<domain::CountedWord>{{tests::kReport, 5}}));
        QSignalSpy changed(&words, &VocabularyFeed::changed);
        words.want();
        words.want(); // asked once
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 60'000);
        QCOMPARE(words.current().sampled, 5);
        QCOMPARE(words.current().paths.front().text(), u"payload.reportType"_s);
        QCOMPARE(words.current().paths.front().values.front().text, u"weekly"_s);
    }
};

QTEST_GUILESS_MAIN(TestViewStore)
#include "tst_viewstore.moc"
