// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that needs no keychain: the type, the names, new keys, and the environment.
#include "core/base/secret.h"
#include "core/secrets/entry.h"
#include "core/secrets/environment.h"
#include "core/secrets/hardening.h"
#include "core/secrets/newkey.h"

#include <QDebug>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QUrl>

#include <sys/prctl.h>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using base::Secret;
using secrets::Entry;

// It can be neither printed nor converted to a string.
template <class T>
concept Printable = requires(QDebug debug, const T& value)
{
    debug << value;
};
static_assert(Printable<QString> && !Printable<Secret>);
static_assert(!std::is_convertible_v<Secret, QString> &&
              !std::is_convertible_v<Secret, QByteArray> &&
              !std::is_convertible_v<Secret, QByteArrayView>);

class TestSecret : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsTakenIsOverwritten()
    {
        QByteArray text("canary of the test");
        const char* const memory = text.constData();
        const Secret secret = Secret::takenFrom(text);
        QVERIFY(text.isEmpty());
        QVERIFY(memory != secret.reveal().data());
        QCOMPARE(secret.reveal(), QByteArrayView("canary of the test"));
        QString wide = u"schlüssel"_s;
        QCOMPARE(Secret::takenFrom(wide).reveal(), QByteArrayView("schl\xC3\xBCssel"));
        QVERIFY(wide.isEmpty());
    }

    void copiesAreTheSameSecret()
    {
        Secret first("a");
        const Secret copy = first;
        QCOMPARE(first.reveal().data(), copy.reveal().data());
        first = Secret();
        QVERIFY(first.isEmpty() && !copy.isEmpty());
        QVERIFY(copy == Secret("a") && !(copy == Secret("b")) && Secret() == Secret());
    }

    void newKeysAre64HexadecimalDigits()
    {
        QSet<QByteArray> seen;
        for (int i = 0; i < 100; ++i) {
            const Secret key = secrets::newKey();
            QVERIFY(QRegularExpression(u"^[0-9a-f]{64}$"_s)
                        .match(QString::fromLatin1(key.reveal()))
                        .hasMatch());
            seen.insert(key.reveal().toByteArray());
        }
        QCOMPARE(seen.size(), 100);
    }

    void anEndpointHasOneNameHoweverItIsWritten()
    {
        const QString name =
            Entry::processorKey(QUrl(u"https://app.example/api/jobs/process"_s)).name;
        for (const QString& other :
             {u"HTTPS://APP.example:443/api/jobs/process?maxJobs=5"_s,
              u"https://user:canary@app.example/api/jobs/../jobs/process/#x"_s})
            QCOMPARE(Entry::processorKey(QUrl(other)).name, name);
        for (const QString& other : {u"http://app.example/api/jobs/process"_s,
                                     u"https://app.example:8443/api/jobs/process"_s,
                                     u"https://app.example/other"_s, u"https://b.example/"_s})
            QVERIFY(Entry::processorKey(QUrl(other)).name != name);
    }

    void theEnvironmentIsTakenAway()
    {
        qputenv("JOB_PROCESSOR_API_KEY", " canary ");
        QCOMPARE(secrets::fromEnvironment("JOB_PROCESSOR_API_KEY").reveal(),
                 QByteArrayView("canary"));
        secrets::takeEnvironment();
        QVERIFY(!qEnvironmentVariableIsSet("JOB_PROCESSOR_API_KEY"));
        QCOMPARE(secrets::fromEnvironment("JOB_PROCESSOR_API_KEY").reveal(),
                 QByteArrayView("canary"));
        QVERIFY(secrets::fromEnvironment("CRON_SECRET").isEmpty());
        QVERIFY(secrets::fromEnvironment({}).isEmpty());
    }

    void theProcessIsHardenedUnlessAskedNotTo()
    {
        qputenv("QUEUEDECK_DEBUGGABLE", "1");
        const int before = ::prctl(PR_GET_DUMPABLE);
        secrets::hardenProcess();
        QCOMPARE(::prctl(PR_GET_DUMPABLE), before);
        qunsetenv("QUEUEDECK_DEBUGGABLE");
        secrets::hardenProcess();
        QCOMPARE(::prctl(PR_GET_DUMPABLE), 0);
        rlimit limit{};
        ::getrlimit(RLIMIT_CORE, &limit);
        QCOMPARE(limit.rlim_max, rlim_t(0));
    }
};

QTEST_GUILESS_MAIN(TestSecret)
#include "tst_secret.moc"
