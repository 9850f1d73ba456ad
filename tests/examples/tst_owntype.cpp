// SPDX-License-Identifier: GPL-3.0-or-later
// The job type that ARCHITECTURE.md shows: built from a folder like our own types, registered with
// the line shown there, and run by an engine. What the page shows are the very files.
#include "core/domain/payloadschema.h"
#include "core/engine/engine.h"
#include "core/handlers/handlers.h"
#include "core/handlers/word_count/wordcounthandler.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::handlers;

namespace {
engine::HandlerTable table()
{
    return {
#include "registration.inc"
    };
}

QString textOf(const QString& path)
{
    QFile file(u"" QUEUEDECK_SOURCE_DIR "/"_s + path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read.", qPrintable(path));
    return QString::fromUtf8(file.readAll());
}

class Reports final : public domain::ProgressSink
{
public:
    void report(const domain::Progress& progress) override { all += progress; }

    QVector<domain::Progress> all;
};
} // namespace

class TestOwnType : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsItsJobs()
    {
        QTemporaryDir folder;
        const auto url = db::DatabaseUrl::sqliteFile(folder.filePath(u"jobs.db"_s));
        const auto open = [url] { return store::JobStore::open(url, db::OpenMode::Create); };
        const auto opened = open();
        QVERIFY(opened);
        store::JobStore& store = **opened;
        const auto ids = store.additions.enqueue(
            {{u"word_count"_s, QJsonObject{{u"text"_s, u"two words\nand three more"_s}}},
             {u"word_count"_s, QJsonObject{{u"text"_s, u"too long"_s}, {u"longest"_s, 3}}},
             {u"word_count"_s, QJsonObject{}}},
            {});
        QVERIFY(ids);
        engine::EngineConfig config;
        config.types = {u"word_count"_s};
        config.untilEmpty = true;
        engine::Engine engine(open, table(), config);
        const auto report = engine.run({});
        QVERIFY(report);
        QCOMPARE(report->completed, 1);
        const auto good = store.jobs.job((*ids)[0]);
        QCOMPARE(good->result(), QByteArray(R"({"words":5})"));
        const auto bad = store.jobs.job((*ids)[1]);
        QCOMPARE(bad->job.status, domain::JobStatus::Failed);
        QCOMPARE(bad->job.error, u"Line 1 has more than 3 characters."_s);
        const auto wrong = store.jobs.job((*ids)[2]);
        QVERIFY(wrong->job.error.contains("text is missing"_L1));
    }

    void saysHowFarItIsAndStops()
    {
        Reports reports;
        engine::Task task;
        task.payload = {{u"text"_s, u"a\nb\nc\nd"_s}};
        task.progress = &reports;
        QCOMPARE(int(WordCountHandler().run(task).kind), int(engine::TaskResult::Kind::Completed));
        QCOMPARE(reports.all.size(), 4);
        QCOMPARE(reports.all[1], (domain::Progress{0.5, u"line 2"_s}));
        std::stop_source stop;
        stop.request_stop();
        task.stop = stop.get_token();
        QCOMPARE(int(WordCountHandler().run(task).kind), int(engine::TaskResult::Kind::Postponed));
    }

    // Its schema came with the folder.
    void isKnownWithItsSchema()
    {
        QVERIFY(domain::knownJobTypes().contains(u"word_count"_s));
        QVERIFY(!domain::checkPayload(u"word_count"_s, R"({"text":""})"));
        QVERIFY(domain::checkPayload(u"word_count"_s, R"({"text":"a"})"));
        QVERIFY(!builtInHandlers({}).contains(u"word_count"_s)); // an example only
    }

    void theArchitectureShowsTheseFiles_data()
    {
        QTest::addColumn<QString>("path");
        for (const char* path :
             {"core/handlers/word_count/schema.json", "core/handlers/word_count/wordcounthandler.h",
              "core/handlers/word_count/wordcounthandler.cpp", "registration.inc"})
            QTest::newRow(path) << QString::fromLatin1(path);
    }
    void theArchitectureShowsTheseFiles()
    {
        QFETCH(QString, path);
        QString text = textOf(u"tests/examples/"_s + path).trimmed();
        if (text.startsWith("// SPDX"_L1))
            text = text.section(u'\n', 1);
        QVERIFY2(textOf(u"ARCHITECTURE.md"_s).contains(text), qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(TestOwnType)
#include "tst_owntype.moc"
