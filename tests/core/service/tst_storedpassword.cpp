// SPDX-License-Identifier: GPL-3.0-or-later
// A database password, kept in a real keychain once it has worked, and found there if the address
// has none.
#include "core/service/keyservice.h"
#include "core/service/survey.h"
#include "tests/support/keyring.h"
#include "tests/support/pgcluster.h"
#include "tests/support/sessions.h"

#include <QUrl>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using base::ErrorKind;
using service::KeyInfo;
using service::KeyPurpose;
using service::KeyService;
using service::Session;
using tests::await;
using tests::waitFor;

class TestStoredPassword : public QObject
{
    Q_OBJECT

    test::Keyring m_keyring;
    test::PgCluster m_cluster;

    static QString address(const db::DatabaseUrl& url, const QString& password)
    {
        QUrl text;
        text.setScheme(u"postgresql"_s);
        text.setUserName(url.user);
        if (!password.isEmpty())
            text.setPassword(password, QUrl::DecodedMode);
        text.setHost(url.host);
        text.setPort(url.port);
        text.setPath(u'/' + url.database);
        return text.toString(QUrl::FullyEncoded);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_keyring.start(test::Keyring::Kind::Unlocked), qPrintable(m_keyring.reason()));
        const QProcessEnvironment environment = m_keyring.environment();
        for (const char* name : {"DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "HOME"})
            qputenv(name, environment.value(QLatin1String(name)).toLocal8Bit());
        QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error()));
    }

    void aPasswordThatWorkedIsFoundAgain()
    {
        const db::DatabaseUrl url = m_cluster.freshDatabase();
        const QString full = address(url, url.password);
        const QString bare = address(url, {});
        const KeyPurpose purpose{KeyPurpose::Kind::DatabasePassword, bare};
        QVERIFY(!waitFor(Session::open({bare, true, false})));
        QCOMPARE(await(service::survey(full)).isFile, false);
        // A survey stores nothing, and neither does a session that was not asked to.
        tests::openSession({full, true, false});
        QVERIFY(!await(KeyService().look(purpose)).isSet());
        // A wrong one is not kept.
        QVERIFY(!waitFor(Session::open({address(url, u"wrong"_s), false, false, true})));
        QVERIFY(!await(KeyService().look(purpose)).isSet());

        const auto session = tests::openSession({full, false, false, true});
        QVERIFY(!session->info().address.contains(url.password));
        // Opening does not wait for the keychain.
        QTRY_COMPARE_WITH_TIMEOUT(await(KeyService().look(purpose)).source,
                                  KeyInfo::Source::Keychain, 10'000);
        tests::openSession({bare, false, false});
        QVERIFY(await(service::survey(bare)).hasJob);

        QVERIFY(!await(KeyService().forget(purpose)).isSet());
        const auto refused = waitFor(Session::open({bare, false, false}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Denied);
    }

    void aWrongPasswordInTheAddressIsNotReplaced()
    {
        const db::DatabaseUrl url = m_cluster.freshDatabase();
        tests::openSession({address(url, url.password), true, false, true});
        QVERIFY(!waitFor(Session::open({address(url, u"wrong"_s), false, false})));
    }
};

QTEST_GUILESS_MAIN(TestStoredPassword)
#include "tst_storedpassword.moc"
