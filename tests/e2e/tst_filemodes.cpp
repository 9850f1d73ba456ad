// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever the user's umask, files that the programs create in a fresh home are for the user alone,
// down to the last lock; the few that others are meant to read are listed here with the reason.
#include "app/queuedeck/program.h"
#include "core/secrets/hardening.h"
#include "tests/e2e/ctltest.h"
#include "tests/support/ownhandlers.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDialog>
#include <QDirIterator>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTest>

#include <csignal>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;

class tst_FileModes : public CtlTest
{
    Q_OBJECT

    mode_t m_before = 0;
    std::unique_ptr<app::Program> m_program;

    // Deliberately like the user's own files: others may read them if the umask allows it.
    static bool isMeantForOthers(const QString& path)
    {
        return path.contains(u"/timers/"_s) ||            // units that systemd reads as root
               path.contains(u"/repository/"_s) ||        // to be committed
               path.contains(u"/.cache/fontconfig/"_s) || // not ours; contains font names
               path.endsWith(u"/.cache"_s);
    }
    template <class Widget>
    static Widget* find(const QString& name)
    {
        for (QWidget* widget : QApplication::allWidgets()) {
            auto* found = qobject_cast<Widget*>(widget);
            if (found && found->objectName() == name && found->isVisible())
                return found;
        }
        return nullptr;
    }
    QString home(const QString& name = {}) const { return path(u"person"_s) + name; }
    void run(const QStringList& arguments, int code = 0)
    {
        const Ran ran = ctl(arguments);
        QVERIFY2(ran.code == code, (arguments.join(u' ').toUtf8() + ": " + ran.told()).constData());
    }

    void everyCommandThatMakesFiles()
    {
        run({u"init"_s});
        run({u"--db"_s, u"sqlite:"_s + home(u"/deep/er/jobs.db"_s), u"init"_s});
        run({u"enqueue"_s, kReport, u"{}"_s, u"--count"_s, u"3"_s});
        run({u"enqueue"_s, kOwn, u"{}"_s, u"--any-type"_s});
        QVERIFY(tests::writeHandler(home(u"/.local/share/queuedeck/handlers.d"_s),
                                    kOwn + u".json"_s, R"({"command":["/bin/true"]})"));
        QVERIFY(!cards().isEmpty());
        run({u"scan"_s, cards().first(), u"--wait"_s});
        run({u"process"_s, u"--until-empty"_s});
        run({u"cleanup"_s, u"--older-than"_s, u"0"_s, u"--archive"_s, home(u"/archive.jsonl"_s)});
        run({u"undo"_s});
        run({u"key"_s, u"generate"_s});
        for (const auto& kind : {u"systemd"_s, u"crontab"_s})
            run({u"schedule"_s, kind, u"-o"_s, home(u"/timers/"_s + kind)});
        run({u"schedule"_s, u"github"_s, u"--url"_s, u"https://app.example"_s, u"-o"_s,
             home(u"/repository"_s)});
    }
    // Settings, a schedule with its lock, and an open database.
    void whatTheWindowMakes()
    {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, home(u"/.config"_s));
        app::Options options;
        options.isDemo = true;
        options.page = u"engine"_s;
        m_program = std::make_unique<app::Program>(options);
        m_program->start();
        QTRY_VERIFY_WITH_TIMEOUT(find<QSpinBox>(u"concurrency"_s), 30'000);
        find<QSpinBox>(u"concurrency"_s)->setValue(1);
        QTRY_VERIFY(find<QPushButton>(u"addSchedule"_s));
        find<QPushButton>(u"addSchedule"_s)->click();
        QTRY_VERIFY(find<QLineEdit>(u"cron"_s));
        find<QLineEdit>(u"name"_s)->setText(u"nightly"_s);
        find<QLineEdit>(u"cron"_s)->setText(u"0 2 * * *"_s);
        QTRY_VERIFY(find<QPushButton>(u"go"_s)->isEnabled());
        find<QPushButton>(u"go"_s)->click();
        QTRY_COMPARE(QDir(home(u"/.local/share/queuedeck/schedules"_s))
                         .entryList({u"*.json"_s}, QDir::Files)
                         .size(),
                     1);
        QSettings().sync();
    }
    // What the built window creates by itself.
    void theWindowAsStarted()
    {
        QProcess window;
        prepare(window, {u"--demo"_s});
        window.setProgram(QStringLiteral(QUEUEDECK_BIN_DIR "/queuedeck"));
        window.start();
        QTRY_VERIFY_WITH_TIMEOUT(
            QFile::exists(home(u"/.local/share/queuedeck/sample-data.db-wal"_s)), 30'000);
        QTest::qWait(500);
        verifyAllPrivate();
        window.terminate();
        QVERIFY(window.waitForFinished(30'000));
    }
    void verifyAllPrivate()
    {
        QStringList wrong;
        QSet<QString> seen;
        QDirIterator files(home(),
                           QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next();
            struct stat status = {};
            if (::lstat(QFile::encodeName(file).constData(), &status) != 0)
                continue; // deleted meanwhile
            seen.insert(QFileInfo(file).fileName());
            const mode_t mode = status.st_mode & 07777;
            const mode_t most = S_ISDIR(status.st_mode) ? 0700 : 0600;
            const mode_t forOthers = isMeantForOthers(file) ? 0055 : 0;
            if (S_ISLNK(status.st_mode))
                continue;
            if ((mode & ~(most | forOthers)) != 0 || (mode & 0400) == 0)
                wrong += u"%1 has mode %2"_s.arg(file).arg(mode, 4, 8, QLatin1Char('0'));
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        m_seen += seen;
    }
    QSet<QString> m_seen;

private Q_SLOTS:
    void initTestCase() { ui::Appearance::instance().install(*qApp, ui::ThemeChoice::Light); }

    void everyFile_data()
    {
        QTest::addColumn<int>("mask");
        QTest::newRow("umask 000") << 0;
        QTest::newRow("umask 022") << 022;
        QTest::newRow("umask 077") << 077;
    }
    void everyFile()
    {
        QFETCH(int, mask);
        QVERIFY(QDir().mkdir(home()));
        setVariable(u"QUEUEDECK_HOME"_s, {});
        setVariable(u"HOME"_s, home());
        setVariable(u"TMPDIR"_s, home());
        m_before = ::umask(mode_t(mask));
        everyCommandThatMakesFiles();
        if (QTest::currentTestFailed())
            return;
        verifyAllPrivate();
        theWindowAsStarted();
        if (QTest::currentTestFailed())
            return;
        const QByteArray theirHome = qgetenv("HOME");
        qputenv("HOME", home().toUtf8());
        secrets::hardenProcess(); // as the program does first of all
        whatTheWindowMakes();
        if (!QTest::currentTestFailed())
            verifyAllPrivate();
        m_program.reset();
        qputenv("HOME", theirHome);
        for (const auto& name :
             {u"queuedeck.db"_s, u"sample-data.db-wal"_s, u"sample-data.db-shm"_s,
              u"archive.jsonl"_s, u"schedules"_s, u"Queuedeck.conf"_s, u"queuedeck.env"_s})
            QVERIFY2(m_seen.contains(name), qPrintable(name));
    }
    void cleanup()
    {
        m_program.reset();
        ::umask(m_before);
        m_seen.clear();
        CtlTest::cleanup();
    }
};

QTEST_MAIN(tst_FileModes)
#include "tst_filemodes.moc"
