// SPDX-License-Identifier: GPL-3.0-or-later
// The schedule files at work: units checked by systemd itself, the crontab line and the script for
// GitHub run by a shell against a web server, while the arguments of every program are searched for
// the key.
#include "tests/core/schedule/targets/scheduletexts.h"
#include "tests/support/webserver.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using schedule::ScheduleRequest;
using schedule::ScheduleTarget;
using schedule::ScheduleText;
using test::Authority;
using test::cronOf;
using test::fileOf;
using test::textsOf;
using test::WebRequest;
using test::WebServer;

namespace {
constexpr int kPatience = 60'000;
const QByteArray kKey = "canary-5f2e$HOME%81a7`id`\\c04b";
const QString kUrl = QStringLiteral("https://app.example");

bool write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) &&
           file.write(bytes) == bytes.size();
}

// What any program on this computer can read of the others.
QByteArray allArguments()
{
    QByteArray all;
    for (const QString& name : QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(u"/proc/%1/cmdline"_s.arg(name));
        if (name[0].isDigit() && file.open(QIODevice::ReadOnly))
            all += file.readAll() + '\n';
    }
    return all;
}

struct Ended
{
    int code = -1;
    QByteArray out;
    QByteArray err;
};

Ended ended(QProcess& process)
{
    // Servers in this process answer only while its event loop runs.
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, kPatience)) {
        process.kill();
        process.waitForFinished();
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}
} // namespace

class tst_ScheduleRuns : public QObject
{
    Q_OBJECT

    QString home() const { return m_dir->path(); }
    QString program() const { return QStringLiteral(QUEUEDECK_BIN_DIR "/queuedeckctl"); }

    // The way cron and GitHub start a shell: with few variables.
    void shell(QProcess& process, const QStringList& arguments,
               const QProcessEnvironment& more = {}) const
    {
        QProcessEnvironment environment;
        environment.insert(u"PATH"_s, u"/usr/bin:/bin"_s);
        environment.insert(u"HOME"_s, home());
        environment.insert(more);
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(home());
        process.start(u"/bin/sh"_s, arguments);
    }

    // The command of the crontab line, as cron passes it to the shell.
    QString crontabCommand(const ScheduleRequest& request) const
    {
        const auto texts = textsOf(request);
        if (!texts)
            return texts.error().detail;
        const QStringList lines =
            fileOf(*texts, u"queuedeck.crontab"_s).split(u'\n', Qt::SkipEmptyParts);
        const QString start = request.cron.numbers() + u' ';
        return lines.size() == 2 && lines[0].startsWith(u"# "_s) && lines[1].startsWith(start)
                   ? lines[1].mid(start.size()).replace(u"\\%"_s, u"%"_s)
                   : u"false"_s;
    }
    bool fillIn(const QByteArray& lines) const
    {
        return write(home() + u"/.config/queuedeck/queuedeck.env"_s, lines);
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void systemdTakesTheUnits();
    void crontabCallsAnEndpoint();
    void crontabRunsJobsHere();
    void gitHubsScript_data();
    void gitHubsScript();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
};

void tst_ScheduleRuns::systemdTakesTheUnits()
{
    if (QStandardPaths::findExecutable(u"systemd-analyze"_s).isEmpty())
        QSKIP("systemd-analyze is not installed.");
    const QString odd = home() + u"/a$b c%d/queuedeckctl"_s;
    QVERIFY(QDir().mkpath(QFileInfo(odd).path()) && QFile::copy(u"/bin/true"_s, odd));
    const auto verify = [this](const QStringList& names) {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_RUNTIME_DIR"_s, home());
        process.setProcessEnvironment(environment);
        process.start(u"systemd-analyze"_s,
                      QStringList{u"verify"_s, u"--user"_s, u"--man=no"_s} + names);
        return ended(process);
    };
    const QString url = kUrl + u"/a%20b$c"_s;
    for (const QString& to : {QString(), url}) {
        const auto texts = textsOf({ScheduleTarget::Systemd, cronOf(u"*/7 2-5 13 */5 FRI"_s),
                                    "Europe/Berlin", to, 10, odd});
        QVERIFY(texts);
        QStringList paths;
        for (const ScheduleText& text : texts->files) {
            QVERIFY(write(home() + u'/' + text.name, text.text.toUtf8()));
            if (!text.isPrivate)
                paths += home() + u'/' + text.name;
        }
        const Ended good = verify(paths);
        if (good.err.contains("initialize manager"))
            QSKIP("systemd-analyze cannot work here.");
        QVERIFY2(good.code == 0 && !good.err.contains("queuedeck-"), good.err);
        // The check does find errors.
        QFile::remove(odd);
        QVERIFY(verify(paths).code != 0);
        QVERIFY(QFile::copy(u"/bin/true"_s, odd));
    }
}

void tst_ScheduleRuns::crontabCallsAnEndpoint()
{
    if (QStandardPaths::findExecutable(u"flock"_s).isEmpty())
        QSKIP("flock is not installed.");
    QString command;
    QByteArray arguments;
    Ended second;
    WebServer server([&](QTcpSocket& socket, const WebRequest& request) {
        if (request.method == "POST") {
            arguments = allArguments();
            QProcess beside; // another run while this one is running
            shell(beside, {u"-c"_s, command});
            beside.waitForFinished(kPatience);
            second = {beside.exitCode(), beside.readAllStandardOutput(),
                      beside.readAllStandardError()};
        }
        const QByteArray answer = request.method == "POST"
                                      ? WebServer::processed(3)
                                      : WebServer::chunked(R"({"pendingCount":0,"jobs":[]})");
        socket.write(answer);
        socket.disconnectFromHost();
    });
    command = crontabCommand({ScheduleTarget::Crontab,
                              cronOf(u"*/5 * * * *"_s),
                              {},
                              server.url(u"/a%20b/it's"_s),
                              7,
                              program()});
    QVERIFY(fillIn("# A comment.\nJOB_PROCESSOR_API_KEY='" + kKey + "'\n"));
    QProcess process;
    shell(process, {u"-c"_s, command});
    const Ended first = ended(process);
    QVERIFY2(first.code == 0, first.err);
    QCOMPARE(first.out, QByteArray()); // nothing that cron would mail
    QCOMPARE(first.err, QByteArray());
    int posts = 0;
    for (const WebRequest& request : server.requests()) {
        QCOMPARE(request.header("x-api-key"), kKey);
        if (request.method == "POST") {
            ++posts;
            QCOMPARE(request.target, QByteArray("/a%20b/it's?maxJobs=7"));
        }
    }
    QCOMPARE(posts, 1); // and none by the second run
    QCOMPARE(second.code, 0);
    QVERIFY2(second.err.isEmpty(), second.err);
    QVERIFY(arguments.contains("trigger"));
    QVERIFY(!arguments.contains("canary-5f2e"));

    // A wrong key is an error that cron reports, without the key.
    WebServer strict(WebServer::always(
        WebServer::counted(401, "application/json", R"({"error":"Unauthorized"})")));
    QProcess refused;
    shell(refused,
          {u"-c"_s,
           crontabCommand(
               {ScheduleTarget::Crontab, cronOf(u"@daily"_s), {}, strict.url(), 7, program()})});
    const Ended failed = ended(refused);
    QCOMPARE(failed.code, 4);
    QVERIFY2(failed.err.contains("401") && !failed.err.contains("canary"), failed.err);
}

void tst_ScheduleRuns::crontabRunsJobsHere()
{
    if (QStandardPaths::findExecutable(u"flock"_s).isEmpty())
        QSKIP("flock is not installed.");
    const QString command =
        crontabCommand({ScheduleTarget::Crontab, cronOf(u"*/5 * * * *"_s), {}, {}, 7, program()});
    // The environment file applies here too, and is optional.
    for (const QByteArray& lines :
         {QByteArray(), QByteArray("QUEUEDECK_HOME='" + home().toUtf8() + "/else where'\n")}) {
        if (!lines.isEmpty())
            QVERIFY(fillIn(lines));
        QProcess process;
        shell(process, {u"-c"_s, command});
        const Ended run = ended(process);
        QVERIFY2(run.code == 0 && run.err.isEmpty() && run.out.isEmpty(), run.err);
        QCOMPARE(QFileInfo::exists(home() + u"/else where"_s), !lines.isEmpty());
    }
}

void tst_ScheduleRuns::gitHubsScript_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("code");
    QTest::newRow("done") << 200 << kKey << 0;
    QTest::newRow("wrong key") << 401 << kKey << 22;
    QTest::newRow("no such page") << 404 << kKey << 22;
    QTest::newRow("broken") << 500 << kKey << 22;
    QTest::newRow("sent to a page for signing in") << 302 << kKey << 47;
    QTest::newRow("no key") << 200 << QByteArray() << 1;
}

void tst_ScheduleRuns::gitHubsScript()
{
    if (QStandardPaths::findExecutable(u"curl"_s).isEmpty())
        QSKIP("curl is not installed.");
    QFETCH(int, status);
    QFETCH(QByteArray, key);
    QFETCH(int, code);
    Authority authority;
    QVERIFY(authority.make());
    QVERIFY(authority.issue(u"app"_s, u"DNS:app.example"_s));
    QByteArray arguments;
    WebServer server([&](QTcpSocket& socket, const WebRequest&) {
        arguments = allArguments();
        socket.write(status == 200 ? WebServer::processed(3)
                                   : WebServer::counted(status, "text/html", "<p>",
                                                        "Location: https://app.example/login\r\n"));
        socket.disconnectFromHost();
    });
    QVERIFY(server.useTls(authority.certificate(u"app"_s), authority.key(u"app"_s)));
    const quint16 port = server.serverPort();
    const auto texts = textsOf({ScheduleTarget::GitHub,
                                cronOf(u"*/5 * * * *"_s),
                                {},
                                u"https://app.example:%1/it's"_s.arg(port),
                                10,
                                program()});
    QVERIFY(texts);
    QString script;
    for (const QString& line : texts->files[0].text.section(u"run: |\n"_s, 1).split(u'\n'))
        script += line.mid(10) + u'\n';
    // app.example resolves to this test; the script itself is unchanged.
    QVERIFY(write(home() + u"/.curlrc"_s, "resolve = \"app.example:" + QByteArray::number(port) +
                                              ":127.0.0.1\"\ncacert = \"" +
                                              authority.file().toUtf8() + "\"\n"));
    QProcessEnvironment more;
    more.insert(u"JOB_PROCESSOR_API_KEY"_s, QString::fromLatin1(key));
    more.insert(u"no_proxy"_s, u"*"_s);
    QVERIFY(write(home() + u"/script"_s, script.toUtf8()));
    QProcess process;
    shell(process, {u"-e"_s, u"script"_s}, more);
    const Ended run = ended(process);
    QVERIFY2(run.code == code, run.err + run.out);
    QVERIFY2(!(run.err + run.out).contains("canary"), run.err + run.out);
    QCOMPARE(server.requests().size(), key.isEmpty() ? 0 : 1);
    if (key.isEmpty()) {
        QVERIFY(run.out.startsWith("::error::"));
        return;
    }
    QCOMPARE(server.requests()[0].method, QByteArray("POST"));
    QCOMPARE(server.requests()[0].target, QByteArray("/it's?maxJobs=10"));
    QCOMPARE(server.requests()[0].header("x-api-key"), key);
    QVERIFY(arguments.contains("curl"));
    QVERIFY(!arguments.contains("canary-5f2e"));
}

QTEST_GUILESS_MAIN(tst_ScheduleRuns)
#include "tst_scheduleruns.moc"
