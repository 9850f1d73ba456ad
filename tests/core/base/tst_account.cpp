// SPDX-License-Identifier: GPL-3.0-or-later
// The user who runs this program, when the environment does not name one or names another.
#include "core/base/account.h"

#include <QTest>

#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace queuedeck::base;

class tst_Account : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        for (const char* variable : {"USER", "LOGNAME", "USERNAME", "SUDO_USER"})
            qunsetenv(variable);
    }

    void theUserDatabaseKnows()
    {
        const passwd* const entry = ::getpwuid(::getuid());
        if (!entry)
            QSKIP("This user has no name here.");
        const QString name = QString::fromLocal8Bit(entry->pw_name);
        QCOMPARE(accountName(), name);
        qputenv("USER", "somebody-else");
        QCOMPARE(accountName(), name);
    }

    void thePersonBehindSudoCounts()
    {
        if (::getuid() != 0)
            QSKIP("Only root was somebody else before.");
        qputenv("SUDO_USER", "nobody");
        QCOMPARE(accountName(), u"nobody"_s);
        qputenv("SUDO_USER", "there is no such user");
        QCOMPARE(accountName(), u"root"_s);
    }

    void theHostHasAName()
    {
        char name[256] = {};
        QCOMPARE(::gethostname(name, sizeof name - 1), 0);
        QCOMPARE(hostName(), QString::fromLocal8Bit(name));
    }

    void homeIsFound()
    {
        const passwd* const entry = ::getpwuid(::getuid());
        if (!entry)
            QSKIP("This user has no home here.");
        qputenv("HOME", "/elsewhere");
        ensureHome();
        QCOMPARE(qgetenv("HOME"), "/elsewhere");
        qunsetenv("HOME");
        ensureHome();
        QCOMPARE(qgetenv("HOME"), entry->pw_dir);
    }
};

QTEST_APPLESS_MAIN(tst_Account)
#include "tst_account.moc"
