// SPDX-License-Identifier: GPL-3.0-or-later
// --read-only: whatever would change the database, or have jobs run elsewhere, is refused with the
// exit code of a refusal, and reading works as before.
#include "tests/e2e/ctltest.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

class tst_CtlSafety : public CtlTest
{
    Q_OBJECT

private Q_SLOTS:
    void whatChangesIsRefused_data()
    {
        QTest::addColumn<QStringList>("command");
        const auto row = [](const QStringList& command) {
            QTest::newRow(qPrintable(command.first())) << command;
        };
        row({u"enqueue"_s, u"report_generation"_s, u"{}"_s});
        row({u"retry"_s, u"--failed"_s});
        row({u"cancel"_s, u"--where"_s, u"status:pending"_s});
        row({u"delete"_s, u"--where"_s, u"status:pending"_s});
        row({u"cleanup"_s});
        row({u"undo"_s});
        row({u"process"_s});
        row({u"init"_s});
        row({u"report"_s});
        row({u"serve"_s});
        row({u"trigger"_s, u"http://127.0.0.1:9/api/jobs/process"_s});
    }
    void whatChangesIsRefused()
    {
        QFETCH(QStringList, command);
        add(2);
        setVariable(u"JOB_PROCESSOR_API_KEY"_s, u"0123456789abcdef0123456789abcdef"_s);
        const QVariant before = sql(u"SELECT group_concat(id || status) FROM \"Job\""_s);
        const Ran ran = json(QStringList{u"--read-only"_s} + command);
        VERIFY_CODE(ran, 4);
        QCOMPARE(ran.errorKind(), u"denied"_s);
        QVERIFY2(ran.err.contains("--read-only"), ran.err);
        QCOMPARE(sql(u"SELECT group_concat(id || status) FROM \"Job\""_s), before);
    }

    void readingWorks()
    {
        const QStringList ids = add(2);
        for (const QStringList& command : {QStringList{u"list"_s},
                                           {u"stats"_s},
                                           {u"journal"_s},
                                           {u"show"_s, ids.first()},
                                           {u"sql"_s},
                                           {u"init"_s, u"--print-sql"_s}})
            VERIFY_CODE(ctl(QStringList{u"--read-only"_s} + command), 0);
    }

    // The same file as the window's.
    void aSavedConnectionIsUsedAsItIsSaved()
    {
        QDir().mkpath(path(u"home"_s));
        VERIFY_CODE(ctl({u"--db"_s, u"sqlite:"_s + path(u"other.db"_s), u"init"_s}), 0);
        const auto write = [this](const QByteArray& bytes) {
            QFile file(path(u"home/connections.json"_s));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        };
        write("{\"version\":1,\"connections\":[{\"name\":\"shop\",\"safety\":\"read-only\","
              "\"address\":\"sqlite:" +
              path(u"other.db"_s).toUtf8() +
              "\"},{\"name\":\"desk\",\"safety\":\"type-name\",\"address\":\"sqlite:" +
              path(u"other.db"_s).toUtf8() + "\"}]}");
        VERIFY_CODE(ctl({u"--connection"_s, u"SHOP"_s, u"stats"_s}), 0);
        const Ran refused = json({u"--connection"_s, u"shop"_s, u"enqueue"_s, kReport, u"{}"_s});
        VERIFY_CODE(refused, 4);
        QVERIFY2(refused.err.contains("connection shop is read-only"), refused.err);
        // Its name was typed: nothing is asked on the command line.
        VERIFY_CODE(ctl({u"--connection"_s, u"desk"_s, u"enqueue"_s, kReport, u"{}"_s}), 0);
        VERIFY_CODE(
            ctl({u"--connection"_s, u"desk"_s, u"--read-only"_s, u"enqueue"_s, kReport, u"{}"_s}),
            4);
        const Ran unknown = json({u"--connection"_s, u"nowhere"_s, u"stats"_s});
        VERIFY_CODE(unknown, 2);
        QVERIFY2(unknown.err.contains("There are: shop, desk"), unknown.err);
        VERIFY_CODE(ctl({u"--connection"_s, u"shop"_s, u"--db"_s, u"sqlite:/x.db"_s, u"stats"_s}),
                    2);
        write("{\"version\":1,\"conn");
        const Ran broken = json({u"--connection"_s, u"shop"_s, u"stats"_s});
        VERIFY_CODE(broken, 2);
        QVERIFY2(broken.err.contains("cannot be read"), broken.err);
    }

    // Without the option, a home of one's own gets its database at the first command.
    void nothingIsCreated()
    {
        VERIFY_CODE(ctl({u"--read-only"_s, u"stats"_s}), 3);
        QVERIFY(embedded().isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_CtlSafety)
#include "tst_ctl_safety.moc"
