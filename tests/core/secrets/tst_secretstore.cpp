// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets in a real gnome-keyring: unlocked, locked, silent and absent. A secret that could not be
// stored there is in memory only, and the answer says so.
#include "tests/support/keyring.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using queuedeck::test::Keyring;

class TestSecretStore : public QObject
{
    Q_OBJECT

    static QList<QStringList> probe(QProcessEnvironment environment, const QByteArray& input,
                                    int deadlineMs = 30'000, const QString& variable = {})
    {
        if (!variable.isEmpty())
            environment.insert(u"QUEUEDECK_PROBE_KEY"_s, variable);
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QStringLiteral(SECRETSPROBE), {QString::number(deadlineMs)});
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(100'000) || process.exitCode() != 0)
            qWarning("The probe did not end well.");
        QList<QStringList> answers;
        for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
            if (!line.isEmpty())
                answers += QString::fromUtf8(line).split(u'|');
        }
        return answers;
    }

    static bool anyFileHolds(const QString& folder, const QByteArray& bytes)
    {
        QDirIterator walk(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            QFile file(walk.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(bytes))
                return true;
        }
        return false;
    }

private Q_SLOTS:
    void anUnlockedKeychainKeepsItForLaterRuns()
    {
        Keyring keyring;
        QVERIFY2(keyring.start(Keyring::Kind::Unlocked), qPrintable(keyring.reason()));
        auto answers = probe(keyring.environment(), "read a\nwrite a first\nwrite a sécond\n"
                                                    "write b other\nread a\n");
        QCOMPARE(answers.size(), 5);
        QCOMPARE(answers[0][0], u"none"_s);
        QCOMPARE(answers[1][0], u"keychain"_s);
        QCOMPARE(answers[4], QStringList({u"keychain"_s, u"In the keychain."_s, u"sécond"_s}));
        answers = probe(keyring.environment(), "read a\nremove a\nread a\nremove a\nread b\n");
        QCOMPARE(answers.size(), 5);
        QCOMPARE(answers[0][2], u"sécond"_s);
        QCOMPARE(answers[1][0], u"keychain"_s);
        QCOMPARE(answers[2][0], u"none"_s);
        QCOMPARE(answers[3][0], u"error"_s); // nothing to remove is an error
        QCOMPARE(answers[4][2], u"other"_s);
        QVERIFY(!anyFileHolds(keyring.folder(), "other")); // the keychain's files are encrypted
    }

    void aLockedOneIsSaidAndTheSecretLivesForThisRunOnly()
    {
        Keyring keyring;
        QVERIFY2(keyring.start(Keyring::Kind::Unlocked), qPrintable(keyring.reason()));
        QCOMPARE(probe(keyring.environment(), "write a kept\n")[0][0], u"keychain"_s);
        QVERIFY(keyring.lock());
        auto answers = probe(keyring.environment(), "read a\nremove a\nwrite b canary\nread b\n");
        QCOMPARE(answers.size(), 4);
        QCOMPARE(answers[0][0], u"none"_s);
        QVERIFY(answers[0][1].contains(u"locked"_s)); // it may exist all the same
        QCOMPARE(answers[1][0], u"error"_s);          // and is not reported as removed
        QCOMPARE(answers[2][0], u"thisrun"_s);
        QVERIFY2(answers[2][1].contains(u"locked"_s), qPrintable(answers[2][1]));
        QCOMPARE(answers[3][2], u"canary"_s);
        answers = probe(keyring.environment(), "read b\n");
        QCOMPARE(answers[0][0], u"none"_s);
        QVERIFY(!anyFileHolds(keyring.folder(), "canary"));
    }

    void withoutOneTheSecretLivesForThisRunOnly()
    {
        for (const bool hasBus : {true, false}) {
            Keyring keyring;
            QVERIFY2(keyring.start(Keyring::Kind::None), qPrintable(keyring.reason()));
            QProcessEnvironment environment = keyring.environment();
            if (!hasBus)
                environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nowhere"_s);
            const auto answers =
                probe(environment, "read a\nwrite a canary\nread a\nremove a\nread a\n");
            QCOMPARE(answers.size(), 5);
            QCOMPARE(answers[0][0], u"none"_s);
            QCOMPARE(answers[1][0], u"thisrun"_s);
            QVERIFY2(answers[1][1].startsWith(u"There is no keychain here"_s),
                     qPrintable(answers[1][1]));
            QCOMPARE(answers[2], QStringList({u"thisrun"_s, answers[2][1], u"canary"_s}));
            QCOMPARE(answers[3][0], u"thisrun"_s);
            QCOMPARE(answers[4][0], u"none"_s);
            QVERIFY(!anyFileHolds(keyring.folder(), "canary"));
        }
    }

    void aSilentOneIsWaitedForOnce()
    {
        Keyring keyring;
        QVERIFY2(keyring.start(Keyring::Kind::Unlocked), qPrintable(keyring.reason()));
        keyring.freeze(true);
        QElapsedTimer timer;
        timer.start();
        const auto answers = probe(keyring.environment(), "write a x\nread b\nread a\n", 2000);
        // Waiting twice would take 4 s; the rest is allowance for a loaded machine.
        QVERIFY2(timer.elapsed() >= 1000, "It was not waited for.");
        QCOMPARE(answers.size(), 3);
        QCOMPARE(answers[0][0], u"thisrun"_s);
        QVERIFY2(answers[0][1].contains(u"did not answer within 2 s"_s), qPrintable(answers[0][1]));
        QCOMPARE(answers[1][0], u"none"_s);
        QCOMPARE(answers[2][2], u"x"_s);
    }

    void theEnvironmentGoesFirst()
    {
        Keyring keyring;
        QVERIFY2(keyring.start(Keyring::Kind::Unlocked), qPrintable(keyring.reason()));
        const auto answers =
            probe(keyring.environment(), "write a kept\nread a\n", 30'000, u" given \n"_s);
        QCOMPARE(answers[1][0], u"environment"_s);
        QCOMPARE(answers[1][2], u"given"_s);
        QVERIFY(answers[1][1].contains(u"QUEUEDECK_PROBE_KEY"_s));
    }
};

QTEST_GUILESS_MAIN(TestSecretStore)
#include "tst_secretstore.moc"
