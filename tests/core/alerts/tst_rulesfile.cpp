// SPDX-License-Identifier: GPL-3.0-or-later
// The files of alerts: whole, broken, newer, read-only, half-written; nothing is lost.
#include "core/alerts/alertfiles.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::alerts;

namespace {
QByteArray readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}
} // namespace

class TestRulesFile : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString rules() const { return m_folder->filePath(u"alerts/rules.json"_s); }
    QString state() const { return m_folder->filePath(u"alerts/state.json"_s); }
    AlertFiles files() const { return AlertFiles(rules(), state()); }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QDir(m_folder->path()).mkdir(u"alerts"_s);
    }

    void presetsAreRulesAndComeBack()
    {
        const SavedRules none = files().readRules();
        QVERIFY(none.isPreset);
        QVERIFY(none.problem.isEmpty());
        for (const Rule& rule : none.file.rules) {
            QVERIFY2(ruleProblem(rule).isEmpty(), qPrintable(ruleProblem(rule)));
            QVERIFY(!ruleText(rule).isEmpty());
        }
        Channels channels;
        channels.webhook = true;
        channels.quiet = {true, QTime(23, 30), QTime(6, 15), QuietHours::Days::Workdays};
        const auto saved = files().saveRules(none.file.rules, channels);
        QVERIFY2(saved, saved ? "" : qPrintable(saved.error().detail));
        const SavedRules read = files().readRules();
        QVERIFY(!read.isPreset);
        QCOMPARE(read.file.rules, none.file.rules);
        QCOMPARE(read.file.channels, channels);
        QCOMPARE(QFile(rules()).permissions() & (QFile::ReadOther | QFile::ReadGroup),
                 QFile::Permissions());
    }

    // What a newer program or a person added stays, in the document, in a rule and in a condition.
    void unknownThingsSurvive()
    {
        const QByteArray text = R"({"version": 1, "team": "ops", "rules": [
            {"id": "a", "name": "A", "on": true, "type": "", "owner": "me", "when": [
              {"series": "dead", "test": "above", "limit": 3, "colour": "red"}]},
            {"id": "b", "name": "B", "when": [{"series": "phase-of-the-moon", "test": "above"}]},
            {"id": "a", "name": "twice", "when": [{"series": "dead", "test": "above"}]}, 17],
            "channels": {"desktop": false, "pager": "+49"}})";
        QVERIFY(write(rules(), text));
        const SavedRules read = files().readRules();
        QCOMPARE(read.file.rules.size(), 1);
        QVERIFY(read.problem.contains("3 rules"_L1));
        QVERIFY(!read.file.channels.desktop);
        Rules changed = read.file.rules;
        changed[0].name = u"Other"_s;
        QVERIFY(files().saveRules(changed, read.file.channels));
        const QJsonObject all = QJsonDocument::fromJson(readAll(rules())).object();
        QCOMPARE(all[u"team"_s].toString(), u"ops"_s);
        QCOMPARE(all[u"channels"_s][u"pager"_s].toString(), u"+49"_s);
        const QJsonArray list = all[u"rules"_s].toArray();
        QCOMPARE(list.size(), 4);
        QCOMPARE(list[0][u"owner"_s].toString(), u"me"_s);
        QCOMPARE(list[0][u"name"_s].toString(), u"Other"_s);
        QCOMPARE(list[0][u"when"_s][0][u"colour"_s].toString(), u"red"_s);
        QCOMPARE(list[1][u"id"_s].toString(), u"b"_s);
    }

    void brokenFiles_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QByteArray whole = rulesToJson(RulesFile{presetRules()});
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("half-written") << whole.first(whole.size() / 2);
        QTest::newRow("not an object") << QByteArray("[1, 2]");
        QTest::newRow("no version") << QByteArray(R"({"rules": []})");
        QTest::newRow("no rules") << QByteArray(R"({"version": 1})");
        QTest::newRow("zeros") << QByteArray(4096, '\0');
    }
    void brokenFiles()
    {
        QFETCH(QByteArray, text);
        QVERIFY(write(rules(), text));
        const SavedRules read = files().readRules();
        QVERIFY(read.problem.contains(rules()));
        QVERIFY(!read.unreadable.isEmpty());
        QCOMPARE(read.file.rules, presetRules()); // watched until it is mended
        QCOMPARE(readAll(rules()), text);
        QVERIFY(files().saveRules(presetRules(), {}));
        QCOMPARE(readAll(rules() + u".unreadable-1"_s), text);
        QVERIFY(files().readRules().problem.isEmpty());
    }

    void newerFilesAreUsedAndNotChanged()
    {
        RulesFile newer{presetRules().first(2)};
        newer.version = 7;
        const QByteArray text = rulesToJson(newer);
        QVERIFY(write(rules(), text));
        const SavedRules read = files().readRules();
        QCOMPARE(read.file.rules.size(), 2);
        QVERIFY(read.problem.contains("newer"_L1));
        const auto saved = files().saveRules(presetRules(), {});
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, base::ErrorKind::Denied);
        QCOMPARE(readAll(rules()), text);
    }

    void wrongRulesAreNotSaved_data()
    {
        QTest::addColumn<Rule>("rule");
        const Condition good{Series::Dead, Test::Above, 1};
        const auto row = [](const char* name, const Rule& rule) { QTest::newRow(name) << rule; };
        row("no name", {u"x"_s, u" "_s, true, {}, {good}});
        row("long name", {u"x"_s, QString(81, u'n'), true, {}, {good}});
        row("no condition", {u"x"_s, u"X"_s, true, {}, {}});
        row("too many", {u"x"_s, u"X"_s, true, {}, {good, good, good, good}});
        row("no limit", {u"x"_s, u"X"_s, true, {}, {{Series::Dead, Test::Above, -1}}});
        row("not a number", {u"x"_s, u"X"_s, true, {}, {{Series::Dead, Test::Above, qQNaN()}}});
        row("infinite", {u"x"_s, u"X"_s, true, {}, {{Series::Dead, Test::Above, qInf()}}});
        row("all of them",
            {u"x"_s,
             u"X"_s,
             true,
             {},
             {{Series::FailedShare, Test::Above, 100, {}, std::chrono::minutes(5), 1}}});
        row("no window",
            {u"x"_s, u"X"_s, true, {}, {{Series::FailedShare, Test::Above, 5, {}, {}, 1}}});
        row("no test of it", {u"x"_s, u"X"_s, true, {}, {{Series::Database, Test::Rising}}});
        row("too long",
            {u"x"_s, u"X"_s, true, {}, {{Series::Dead, Test::Above, 1, std::chrono::hours(25)}}});
        row("not by type", {u"x"_s, u"X"_s, true, u"report"_s, {good}});
    }
    void wrongRulesAreNotSaved()
    {
        QFETCH(Rule, rule);
        const auto saved = files().saveRules({rule}, {});
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, base::ErrorKind::Invalid);
        QVERIFY(!saved.error().detail.isEmpty());
        QVERIFY(!QFile::exists(rules()));
    }

    void aFolderThatCannotBeWritten()
    {
        if (::geteuid() == 0)
            QSKIP("Root may write everywhere.");
        QVERIFY(files().saveRules(presetRules(), {}));
        const QByteArray text = readAll(rules());
        QFile::setPermissions(m_folder->filePath(u"alerts"_s), QFile::ReadOwner | QFile::ExeOwner);
        const auto saved = files().saveRules(presetRules().first(1), {});
        QFile::setPermissions(m_folder->filePath(u"alerts"_s),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QVERIFY(!saved);
        QCOMPARE(readAll(rules()), text);
    }

    // A folder in the place of the file, for root as well.
    void aFolderInItsPlace()
    {
        QDir(m_folder->path()).mkpath(rules());
        QVERIFY(!files().readRules().problem.isEmpty());
        QDir(m_folder->path()).mkpath(state());
        AlertFiles all = files();
        QVERIFY(all.take());
        QVERIFY(!all.readState());
    }

    void oneProgramHasTheState()
    {
        AlertFiles one = files();
        AlertFiles other = files();
        QVERIFY(one.take());
        QVERIFY(!other.take());
        QVERIFY(other.isElsewhere());
        QVERIFY(one.take());
    }

    void theStateComesBack()
    {
        AlertState kept;
        AlertEntry entry;
        entry.id = u"1"_s;
        entry.ruleId = u"r"_s;
        entry.ruleName = u"Rule <!channel>"_s;
        entry.peak = 372.5;
        entry.limit = u"5 min"_s;
        entry.began = QDateTime(QDate(2026, 11, 23), QTime(14, 33, 5, 250), Qt::UTC);
        entry.toldBegin = Told::Yes;
        entry.by = QStringList{u"desktop"_s, u"webhook"_s};
        entry.webhookBegin = Delivery::Waiting;
        kept.entries += entry;
        kept.snoozes[u"r"_s] = entry.began.addSecs(3600);
        AlertFiles all = files();
        QVERIFY(all.take());
        QVERIFY(all.writeState(kept));
        const auto read = all.readState();
        QVERIFY(read);
        QCOMPARE(*read, kept);
    }

    void aBrokenStateIsKeptAside()
    {
        const QByteArray text = R"({"version": 1, "entries": [{"id": "1")";
        QVERIFY(write(state(), text));
        AlertFiles all = files();
        QVERIFY(all.take());
        QVERIFY(!all.readState());
        QVERIFY(all.writeState({}));
        QCOMPARE(readAll(state() + u".unreadable-1"_s), text);
        QVERIFY(all.readState());
    }

    void aNewerStateStays()
    {
        const QByteArray text = R"({"version": 2, "entries": []})";
        QVERIFY(write(state(), text));
        AlertFiles all = files();
        QVERIFY(all.take());
        QVERIFY(!all.readState());
        QVERIFY(!all.writeState({}));
        QCOMPARE(readAll(state()), text);
    }
};

QTEST_GUILESS_MAIN(TestRulesFile)
#include "tst_rulesfile.moc"
