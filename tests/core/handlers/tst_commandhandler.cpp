// SPDX-License-Identifier: GPL-3.0-or-later
// Real programs run as handlers: what their exit means, what reaches them, and that nothing of them
// remains, whatever they do.
#include "core/handlers/command/commandhandler.h"
#include "core/handlers/command/spokenlines.h"
#include "core/handlers/command/texttail.h"
#include "tests/support/processes.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace std::chrono_literals;
using engine::Task;
using engine::TaskResult;
using handlers::CommandHandler;
using handlers::CommandSpec;
using Kind = TaskResult::Kind;

namespace {
class Reports final : public domain::ProgressSink
{
public:
    void report(const domain::Progress& progress) override { all += progress; }

    QVector<domain::Progress> all;
};
} // namespace

class TestCommandHandler : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    CommandSpec shell(const QString& script, std::chrono::seconds timeout = 60s) const
    {
        return {u"t"_s, {u"/bin/sh"_s, u"-c"_s, script}, timeout, {}, m_folder->path()};
    }
    TaskResult run(const QString& script, const Task& task = {}) const
    {
        return CommandHandler(shell(script)).run(task);
    }
    QByteArray fileText(const QString& name) const
    {
        QFile file(m_folder->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    pid_t pidIn(const QString& name) const { return pid_t(fileText(name).trimmed().toInt()); }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void cleanup()
    {
        QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1); // no child, no zombie
        QCOMPARE(errno, ECHILD);
    }

    void exitCodes_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* name, const QString& script, Kind kind,
                            const QString& error) {
            QTest::newRow(name) << script << int(kind) << error;
        };
        row("0", u"echo words >&2"_s, Kind::Completed, u""_s);
        row("1", u"echo no disk >&2; exit 1"_s, Kind::Failed, u"exit code 1: no disk"_s);
        row("3, silent", u"exit 3"_s, Kind::Failed, u"exit code 3"_s);
        row("65", u"echo no such shop >&2; exit 65"_s, Kind::Unrecoverable, u"no such shop"_s);
        row("65, silent", u"exit 65"_s, Kind::Unrecoverable, u"exit code 65"_s);
        row("75", u"echo busy >&2; exit 75"_s, Kind::Postponed, u"busy"_s);
        row("127", u"nowhere-to-be-found 2>/dev/null"_s, Kind::Failed, u"exit code 127"_s);
        row("signal", u"echo ouch >&2; kill -SEGV $$"_s, Kind::Failed,
            u"ended by signal 11 (Segmentation fault): ouch"_s);
        row("lines", u"printf '\\n a\\n\\tb\\033[1m\\n\\n' >&2; exit 2"_s, Kind::Failed,
            u"exit code 2: a\n\tb\u001b[1m"_s);
    }
    void exitCodes()
    {
        QFETCH(QString, script);
        QFETCH(int, kind);
        QFETCH(QString, error);
        const TaskResult result = run(script);
        QCOMPARE(result.error, error);
        QCOMPARE(int(result.kind), kind);
    }

    void whatCannotBeStarted()
    {
        CommandSpec spec = shell(u""_s);
        spec.command = {m_folder->filePath(u"gone"_s)};
        const TaskResult result = CommandHandler(spec).run({});
        QCOMPARE(int(result.kind), int(Kind::Postponed)); // uses up no attempt
        QVERIFY2(result.error.contains("is not started"_L1) &&
                     result.error.contains("gone: No such file"_L1),
                 qPrintable(result.error));
        spec = shell(u"exit 0"_s);
        spec.workingFolder = m_folder->filePath(u"gone"_s);
        QVERIFY(CommandHandler(spec).run({}).error.contains("No such file"_L1));
    }

    void thePayloadComesOnStandardInput()
    {
        Task task;
        task.payload = {{u"shop"_s, u"Zürich"_s}};
        task.payloadText = QJsonDocument(task.payload).toJson(QJsonDocument::Compact);
        QCOMPARE(int(run(u"cat > got"_s, task).kind), int(Kind::Completed));
        QCOMPARE(fileText(u"got"_s), QByteArray("{\"shop\":\"Zürich\"}\n"));
    }

    void muchInAndOut()
    {
        Task task;
        task.payload = {{u"data"_s, QString(10 * 1024 * 1024, u'x')}};
        task.payloadText = QJsonDocument(task.payload).toJson(QJsonDocument::Compact);
        // It writes 100 MB to both outputs before it reads a byte: neither side may wait for the
        // other.
        const TaskResult result =
            run(u"head -c 100000000 /dev/zero; head -c 1000000 /dev/zero >&2; "
                "wc -c > got; echo done >&2; exit 1"_s,
                task);
        QVERIFY(result.error.endsWith("done"_L1));
        QCOMPARE(fileText(u"got"_s).trimmed(), QByteArray::number(10 * 1024 * 1024 + 12));
    }

    void oneThatReadsNothing()
    {
        Task task;
        task.payload = {{u"data"_s, QString(1024 * 1024, u'x')}};
        task.payloadText = QJsonDocument(task.payload).toJson(QJsonDocument::Compact);
        QCOMPARE(int(run(u"exec 0<&-; sleep 0.2; exit 0"_s, task).kind), int(Kind::Completed));
        QCOMPARE(int(run(u"exit 0"_s, task).kind), int(Kind::Completed));
        // SIGPIPE is neither delivered nor left pending.
        sigset_t pending;
        ::sigpending(&pending);
        QVERIFY(!::sigismember(&pending, SIGPIPE));
    }

    void theLastEightKilobytes()
    {
        const TaskResult result = run(u"i=0; while [ $i -lt 3000 ]; do echo \"line $i €\" >&2; "
                                      "i=$((i+1)); done; exit 1"_s);
        QVERIFY(result.error.startsWith("exit code 1: "_L1));
        QVERIFY(result.error.endsWith(u"line 2999 €"_s));
        QVERIFY(!result.error.contains(QChar(QChar::ReplacementCharacter)));
        const qsizetype size = result.error.toUtf8().size();
        QVERIFY2(size > 8100 && size <= 8 * 1024 + 13, QByteArray::number(size));
    }

    // Its lines about progress go where they belong, as they come, and not into the error.
    void itSaysHowFarItIs()
    {
        Task task;
        Reports reports;
        task.progress = &reports;
        const TaskResult result =
            run(u"echo 'progress 0 begin' >&2; printf 'progress 0.2' >&2; sleep 0.3;"
                " printf '5 half way\n progress 0.3 no\nprogress 40 no\nprogress' >&2;"
                " echo ' - waiting' >&2; echo 'progress is slow' >&2; echo progress >&2;"
                " printf 'progress 1' >&2; exit 1"_s,
                task);
        QCOMPARE(
            reports.all,
            (QVector<domain::Progress>{
                {0, u"begin"_s}, {0.25, u"half way"_s}, {std::nullopt, u"waiting"_s}, {1, {}}}));
        QCOMPARE(result.error, u"exit code 1: progress 0.3 no\nprogress 40 no\nprogress is slow\n"
                               "progress"_s);
    }

    // Wherever the pipe cuts the lines.
    void linesInAnyPieces()
    {
        const QByteArray all = "a\nprogress 0.5 x\r\nb progress 1\nprogress " +
                               QByteArray(9000, 'y') + "\nprogress 0.75\nend";
        for (const qsizetype piece : {1, 2, 3, 7, 10'000}) {
            Reports reports;
            handlers::SpokenLines lines(&reports);
            for (qsizetype at = 0; at < all.size(); at += piece)
                lines.add(all.constData() + at, qMin(piece, all.size() - at));
            lines.end();
            QCOMPARE(reports.all, (QVector<domain::Progress>{{0.5, u"x"_s}, {0.75, {}}}));
            QVERIFY(lines.text().endsWith("yyy\nend"_L1));
        }
    }

    void whatItReturns_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QByteArray>("result");
        const auto row = [](const char* name, const QString& script, const QByteArray& result) {
            QTest::newRow(name) << script << result;
        };
        row("an object", u"echo; echo '{\"b\": 1.50, \"a\": [\"ü\", 12345678901234567890]}'"_s,
            "{\"b\": 1.50, \"a\": [\"ü\", 12345678901234567890]}");
        row("in pieces", u"printf '{\"a\":'; sleep 0.2; printf '1}'"_s, "{\"a\":1}");
        row("nothing", u"true"_s, "");
        row("a log", u"echo made 3 files"_s, "");
        row("a list", u"echo '[1]'"_s, "");
        row("two objects", u"echo '{}'; echo '{}'"_s, "");
        row("not UTF-8", u"printf '{\"a\":\"\\377\"}'"_s, "");
        row("and a log on the other", u"echo '{\"a\":1}'; echo progress 1 >&2; echo log >&2"_s,
            "{\"a\":1}");
        row("not done", u"echo '{\"a\":1}'; exit 1"_s, "");
    }
    void whatItReturns()
    {
        QFETCH(QString, script);
        QFETCH(QByteArray, result);
        const TaskResult done = run(script);
        if (done.kind == Kind::Completed)
            QCOMPARE(done.result, result);
        else
            QVERIFY(result.isEmpty());
    }

    // It is passed on, and the engine says that it was too large; no more of it is held.
    void aResultThatIsTooLarge()
    {
        const TaskResult done = run(u"printf '{\"a\":\"'; head -c 50000000 /dev/zero | tr '\\0' x; "
                                    "printf '\"}'"_s);
        QCOMPARE(int(done.kind), int(Kind::Completed));
        QCOMPARE(done.result.size(), TaskResult::kLargestResult + 1);
    }

    void whatIsNotText()
    {
        const TaskResult result = run(u"printf 'a\\377\\303(\\000b' >&2; exit 1"_s);
        QCOMPARE(result.error, u"exit code 1: a\uFFFD\uFFFD(\uFFFDb"_s);
        for (int cut = 0; cut < 4; ++cut) { // wherever the cut splits a character
            handlers::TextTail tail;
            const QByteArray text = QByteArray("😀").repeated(5000) + QByteArray(cut, 'x');
            tail.add(text.constData(), text.size());
            QVERIFY(!tail.text().contains(QChar(QChar::ReplacementCharacter)));
            QVERIFY(tail.text().toUtf8().size() > 8 * 1024 - 4);
        }
    }

    void onlyTheNamedEnvironmentReachesIt()
    {
        qputenv("DATABASE_URL", "postgresql://u:canary@h/d");
        qputenv("JOB_PROCESSOR_API_KEY", "canary");
        qputenv("LD_LIBRARY_PATH_OF_MINE", "canary");
        Task task;
        task.id.value = u"job-7"_s;
        task.attempt = 2;
        CommandSpec spec = shell(u""_s);
        spec.command = {u"/bin/sh"_s, u"-c"_s, u"tr '\\0' '\\n' < /proc/self/environ > got"_s};
        QCOMPARE(int(CommandHandler(spec).run(task).kind), int(Kind::Completed));
        const QByteArray got = fileText(u"got"_s);
        QVERIFY2(!got.contains("canary"), got);
        QVERIFY(got.contains("QUEUEDECK_JOB_ID=job-7\n"));
        QVERIFY(got.contains("QUEUEDECK_ATTEMPT=2\n"));
        // The shell itself adds PWD, OLDPWD, SHLVL and _.
        const QList<QByteArray> allowed{
            "PATH", "HOME",   "LANG",  "TZ", "QUEUEDECK_JOB_ID", "QUEUEDECK_ATTEMPT",
            "PWD",  "OLDPWD", "SHLVL", "_"};
        for (const QByteArray& line : got.split('\n')) {
            if (!line.isEmpty())
                QVERIFY2(allowed.contains(line.left(line.indexOf('='))), line);
        }
    }

    void noDescriptorReachesIt()
    {
        const int leak = ::open("/etc/passwd", O_RDONLY); // without O_CLOEXEC
        const int high = ::fcntl(leak, F_DUPFD, 900);
        // ls itself opens the folder, as 3.
        const TaskResult result = run(u"ls /proc/self/fd | tr '\\n' ' ' >&2; exit 1"_s);
        ::close(leak);
        ::close(high);
        QCOMPARE(result.error, u"exit code 1: 0 1 2 3"_s);
    }

    void signalsAreAsUsual()
    {
        struct sigaction before = {};
        ::sigaction(SIGTERM, nullptr, &before);
        ::signal(SIGTERM, SIG_IGN); // as nohup and some supervisors do
        const TaskResult result = run(u"grep -E 'Sig(Blk|Ign)' /proc/self/status >&2; exit 1"_s);
        ::sigaction(SIGTERM, &before, nullptr);
        QVERIFY2(result.error.count(u"0000000000000000"_s) == 2, qPrintable(result.error));
    }

    void itsTimeIsOver()
    {
        // Neither the program nor what it started reacts to SIGTERM.
        const QString script = u"trap '' TERM; (trap '' TERM; echo $BASHPID; sh -c 'echo $PPID' > "
                               "below; while :; do sleep 1; done) & echo started >&2; "
                               "while :; do sleep 1; done"_s;
        QElapsedTimer timer;
        timer.start();
        const TaskResult result = CommandHandler(shell(script, 1s), 300ms).run({});
        QCOMPARE(int(result.kind), int(Kind::Failed));
        QCOMPARE(result.error, u"not done after 1 s and ended: started"_s);
        QVERIFY(timer.elapsed() >= 1300);
        const pid_t below = pidIn(u"below"_s);
        QVERIFY(below > 0);
        QTRY_VERIFY(tests::isGone(below));
    }

    void oneThatTidiesUpMay()
    {
        const QString script = u"trap 'echo tidied > tidy; exit 0' TERM; sleep 60 & wait"_s;
        const TaskResult result = CommandHandler(shell(script, 1s), 60s).run({});
        QCOMPARE(int(result.kind), int(Kind::Failed)); // it timed out all the same
        QCOMPARE(fileText(u"tidy"_s), QByteArray("tidied\n"));
    }

    void whatItStartedMayTidyUpToo()
    {
        // The shell exits at once; the program below needs a while, within the grace period.
        const QString script =
            u"sh -c 'trap \"sleep 1; echo tidied > tidy; exit 0\" TERM; echo > up; "
            "while :; do sleep 0.1; done' & while :; do sleep 0.1; done"_s;
        const TaskResult result = CommandHandler(shell(script, 2s), 60s).run({});
        QCOMPARE(int(result.kind), int(Kind::Failed));
        QCOMPARE(fileText(u"tidy"_s), QByteArray("tidied\n"));
    }

    // A program closes its standard error a moment before it exits. One that exited between two
    // polls was once noticed only at its timeout.
    void noEndIsMissed()
    {
        std::atomic<int> late = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                const CommandSpec spec{u"t"_s, {u"/bin/true"_s}, 20s, {}, m_folder->path()};
                for (int run = 0; run < 300 && late == 0; ++run) {
                    QElapsedTimer timer;
                    timer.start();
                    const TaskResult result = CommandHandler(spec).run({});
                    if (result.kind != Kind::Completed || timer.elapsed() >= 15'000)
                        ++late;
                }
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(late.load(), 0);
    }

    void stopEndsTheGroup()
    {
        std::stop_source stop;
        Task task;
        task.stop = stop.get_token();
        TaskResult result;
        std::thread worker(
            [&] { result = run(u"sh -c 'echo $$ > below; exec sleep 600' & wait"_s, task); });
        const bool isUp = QTest::qWaitFor([&] { return pidIn(u"below"_s) > 0; }, 30'000);
        stop.request_stop();
        worker.join();
        QVERIFY(isUp);
        QCOMPARE(int(result.kind), int(Kind::Postponed)); // uses up no attempt
        QTRY_VERIFY(tests::isGone(pidIn(u"below"_s)));
    }

    void stoppedBeforeItBegan()
    {
        std::stop_source stop;
        stop.request_stop();
        Task task;
        task.stop = stop.get_token();
        QCOMPARE(int(run(u"sleep 600"_s, task).kind), int(Kind::Postponed));
    }

    void whatIsLeftBehindHoldsNothingUp()
    {
        QElapsedTimer timer;
        timer.start();
        // It keeps all three pipes open.
        const TaskResult result = run(u"sleep 600 & echo $! > below; echo bye >&2; exit 4"_s);
        QCOMPARE(result.error, u"exit code 4: bye"_s);
        QVERIFY(timer.elapsed() < 300'000);
        QTRY_VERIFY(tests::isGone(pidIn(u"below"_s)));
    }

    void itDiesWithQueuedeck()
    {
        // A process in our place, killed while its program runs.
        const pid_t inOurPlace = ::fork();
        if (inOurPlace == 0) {
            run(u"echo $$ > below; exec sleep 600"_s);
            ::_exit(0);
        }
        const bool isUp = QTest::qWaitFor([&] { return pidIn(u"below"_s) > 0; }, 30'000);
        ::kill(inOurPlace, SIGKILL);
        ::waitpid(inOurPlace, nullptr, 0);
        QVERIFY(isUp);
        QTRY_VERIFY(tests::isGone(pidIn(u"below"_s)));
    }

    // Every way to detach what a program starts: group, session, double fork, nohup.
    void nothingEscapes_data()
    {
        QTest::addColumn<QString>("script");
        const QString note = u"echo $$ >> below; exec sleep 1000"_s;
        QTest::newRow("child") << u"sh -c '%1' & wait"_s.arg(note);
        QTest::newRow("session") << u"setsid sh -c '%1' & wait"_s.arg(note);
        QTest::newRow("nested sessions")
            << u"setsid sh -c \"setsid sh -c '%1' & wait\" & wait"_s.arg(
                   QString(note).replace(u"$$"_s, u"\\$\\$"_s));
        QTest::newRow("two forks") << u"(setsid sh -c '%1' &) & wait; sleep 1000"_s.arg(note);
        QTest::newRow("daemon")
            << u"setsid -f sh -c '%1' </dev/null >/dev/null 2>&1; sleep 1000"_s.arg(note);
        QTest::newRow("nohup") << u"nohup sh -c '%1' >/dev/null 2>&1 & wait"_s.arg(note);
        QTest::newRow("deaf")
            << u"setsid sh -c \"trap '' TERM HUP INT; echo \\$\\$ >> below; while :; do sleep 1000; done\" & wait"_s;
        QTest::newRow("stopped") << u"setsid sh -c 'echo $$ >> below; kill -STOP $$' & wait"_s;
        QTest::newRow("many")
            << u"i=0; while [ $i -lt 20 ]; do setsid sh -c '%1' & i=$((i+1)); done; wait"_s.arg(
                   note);
    }
    void nothingEscapes()
    {
        QFETCH(QString, script);
        const qsizetype expected = script.contains(u"lt 20"_s) ? 20 : 1;
        const auto below = [&] {
            QList<pid_t> pids;
            for (const QByteArray& line : fileText(u"below"_s).split('\n')) {
                if (!line.isEmpty())
                    pids += pid_t(line.toInt());
            }
            return pids;
        };
        const auto verifyGone = [&](const char* how) {
            const QList<pid_t> pids = below();
            QVERIFY2(pids.size() == expected, how);
            for (const pid_t pid : pids)
                QTRY_VERIFY2_WITH_TIMEOUT(tests::isGone(pid), how, 1000);
            QVERIFY(QFile::remove(m_folder->filePath(u"below"_s)));
        };
        const auto isUp = [&] {
            return QTest::qWaitFor([&] { return below().size() == expected; }, 30'000);
        };
        {
            const pid_t inOurPlace = ::fork();
            if (inOurPlace == 0) {
                run(script);
                ::_exit(0);
            }
            const bool wasUp = isUp();
            ::kill(inOurPlace, SIGKILL);
            ::waitpid(inOurPlace, nullptr, 0);
            QVERIFY(wasUp);
            verifyGone("killed");
        }
        {
            std::stop_source stop;
            Task task;
            task.stop = stop.get_token();
            std::thread worker([&] { CommandHandler(shell(script), 200ms).run(task); });
            const bool wasUp = isUp();
            stop.request_stop();
            worker.join();
            QVERIFY(wasUp);
            verifyGone("stopped");
        }
        CommandHandler(shell(script, 2s), 200ms).run({});
        verifyGone("timed out");
        run(u"("_s + script +
            u") & while [ \"$(wc -l < below)\" != %1 ]; do sleep 0.05; done"_s.arg(expected));
        verifyGone("ended");
    }

    // The supervisor holds no pipe of ours: the reader of Queuedeck's output sees its end.
    void nothingOfOursIsHeld()
    {
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        const pid_t inOurPlace = ::fork();
        if (inOurPlace == 0) {
            ::close(ends[0]);
            run(u"echo $$ > below; exec sleep 600"_s);
            ::_exit(0);
        }
        ::close(ends[1]);
        const bool isUp = QTest::qWaitFor([&] { return pidIn(u"below"_s) > 0; }, 30'000);
        ::kill(inOurPlace, SIGKILL);
        ::waitpid(inOurPlace, nullptr, 0);
        char byte;
        QVERIFY(isUp);
        QCOMPARE(::read(ends[0], &byte, 1), 0);
        ::close(ends[0]);
    }

    void twoHundredRunsLeaveNothing()
    {
        const auto descriptors = [] {
            return QDir(u"/proc/self/fd"_s)
                .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
                .size();
        };
        run(u"exit 0"_s);
        const auto before = descriptors();
        for (int i = 0; i < 200; ++i)
            QCOMPARE(int(run(u"setsid sleep 1000 & exit 0"_s).kind), int(Kind::Completed));
        QCOMPARE(descriptors(), before);
    }

    void whatItMakesIsNotForOthersToWrite()
    {
        const mode_t before = ::umask(0);
        run(u"echo > made; mkdir folder"_s);
        ::umask(before);
        const auto others = QFile::WriteGroup | QFile::WriteOther;
        QVERIFY(!(QFile::permissions(m_folder->filePath(u"made"_s)) & others));
        QVERIFY(!(QFile::permissions(m_folder->filePath(u"folder"_s)) & others));
    }

    // What was valid when the file was read is checked again before each run.
    void wayOpenedToOthers_data()
    {
        QTest::addColumn<QString>("opened");
        for (const char* name : {"in", "in/script", "work"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void wayOpenedToOthers()
    {
        QFETCH(QString, opened);
        QVERIFY(QDir(m_folder->path()).mkpath(u"in"_s));
        QVERIFY(QDir(m_folder->path()).mkpath(u"work"_s));
        const QString script = m_folder->filePath(u"in/script"_s);
        QFile file(script);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\necho \"$0\" > ran\n");
        file.close();
        const auto mode = [&](const QString& name, mode_t bits) {
            return ::chmod(QFile::encodeName(m_folder->filePath(name)).constData(), bits) == 0;
        };
        QVERIFY(mode(u"in"_s, 0755) && mode(u"work"_s, 0755) && mode(u"in/script"_s, 0755));
        for (const QStringList& command :
             {QStringList{script}, QStringList{u"/bin/sh"_s, script}}) {
            const CommandSpec spec{u"t"_s, command, 20s, {}, m_folder->filePath(u"work"_s)};
            QCOMPARE(int(CommandHandler(spec).run({}).kind), int(Kind::Completed));
            QCOMPARE(fileText(u"work/ran"_s).trimmed(), QFile::encodeName(script));
            for (const mode_t bits : {0775, 0757}) {
                QVERIFY(mode(opened, bits));
                const TaskResult result = CommandHandler(spec).run({});
                QCOMPARE(int(result.kind), int(Kind::Postponed));
                QVERIFY2(result.error.contains("may be written by others"_L1),
                         qPrintable(result.error));
                QVERIFY(mode(opened, 0755));
            }
        }
    }

    void manySideBySide()
    {
        std::vector<std::thread> workers;
        std::atomic<int> completed = 0;
        for (int i = 0; i < 4; ++i) {
            workers.emplace_back([this, &completed] {
                CommandHandler handler(shell(u"read line; [ \"$line\" = '{\"n\":1}' ]"_s));
                Task task;
                task.payload = {{u"n"_s, 1}};
                task.payloadText = QJsonDocument(task.payload).toJson(QJsonDocument::Compact);
                for (int n = 0; n < 25; ++n)
                    completed += handler.run(task).kind == Kind::Completed ? 1 : 0;
            });
        }
        for (std::thread& worker : workers)
            worker.join();
        QCOMPARE(int(completed), 100);
        QVERIFY(QDir(u"/proc/self/fd"_s)
                    .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
                    .size() < 20); // no pipe is left open
    }
};

QTEST_APPLESS_MAIN(TestCommandHandler)
#include "tst_commandhandler.moc"
