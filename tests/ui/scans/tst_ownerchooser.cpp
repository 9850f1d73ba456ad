// SPDX-License-Identifier: GPL-3.0-or-later
// Who owns uploaded scans, beside an application with tenants and users on PostgreSQL: asked once,
// remembered, and nothing is uploaded before it is decided.
#include "core/service/scanservice.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/sessions.h"
#include "tests/support/webserver.h"
#include "ui/scans/placedialog.h"
#include "ui/scans/uploaddialog.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include "pictures.h"

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using test::StoreFixture;
using test::StoreKind;
using tests::await;
using tests::waitFor;

namespace {
const QString kOwnerTables = uR"(
CREATE TABLE "Tenant" ("id" uuid PRIMARY KEY, "name" text NOT NULL);
CREATE TABLE "User" ("id" uuid PRIMARY KEY, "tenantId" uuid REFERENCES "Tenant"("id"),
    "fullName" text, "email" text);
ALTER TABLE "ImageScan" ADD FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id"),
    ADD FOREIGN KEY ("userId") REFERENCES "User"("id");)"_s;

QString uuid(int number)
{
    return u"%1-0000-4000-8000-000000000000"_s.arg(number, 8, 10, QChar(u'0'));
}
QString tenant(int number, const QString& name)
{
    return u"INSERT INTO \"Tenant\" VALUES ('%1', '%2');"_s.arg(uuid(number), name);
}
QString user(int number, int ofTenant, const QString& name)
{
    return u"INSERT INTO \"User\" VALUES ('%1', '%2', %3);"_s.arg(
        uuid(number), uuid(ofTenant), name.isEmpty() ? u"NULL"_s : u'\'' + name + u'\'');
}
} // namespace

class TestOwnerChooser : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;
    std::shared_ptr<service::Session> m_session;

    void openOn(const QString& script, StoreKind kind = StoreKind::Deployed, bool isAlone = true)
    {
        const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
        if (!script.isEmpty()) {
            const QString problem = StoreFixture::psql(url, script);
            QVERIFY2(problem.isEmpty(), qPrintable(problem));
        }
        const auto encoded = [](const QString& text) {
            return QString::fromLatin1(QUrl::toPercentEncoding(text));
        };
        const QString address = u"postgresql://"_s + encoded(url.user) + u':' +
                                encoded(url.password) + u'@' + url.host + u':' +
                                QString::number(url.port) + u'/' + encoded(url.database);
        m_session = tests::openSession({address, false, false});
        QSettings().remove(m_session->info().settingsGroup());
        if (isAlone)
            QSettings().setValue(m_session->info().settingsGroup() + u"/othersWork"_s, false);
    }
    static QComboBox* box(const UploadDialog& dialog, const QString& name)
    {
        return dialog.findChild<QComboBox*>(name);
    }
    static QStringList items(const QComboBox* box)
    {
        QStringList texts;
        for (int i = 0; i < box->count(); ++i)
            texts += box->itemText(i);
        return texts;
    }
    static QString foot(const UploadDialog& dialog)
    {
        return dialog.findChild<Label*>(u"foot"_s)->text();
    }
    static QString said(const UploadDialog& dialog, const QString& name)
    {
        const auto* strip = dialog.findChild<Strip*>(name);
        return strip->isHidden() ? QString() : strip->text();
    }
    static void add(UploadDialog& dialog, const QString& words)
    {
        dialog.addImage(QImage::fromData(drawnCard(words)));
    }
    QVector<domain::Scan> scans() { return await(m_session->scans().page({})).scans; }

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(u"QueuedeckTest"_s);
        Appearance::instance().install(*qApp, ThemeChoice::Light);
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void cleanup() { m_session.reset(); }

    void nothingIsAskedWhereNothingIsNeeded_data()
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::newRow("own") << StoreKind::Postgres;
        QTest::newRow("beside, no owners' tables") << StoreKind::Deployed;
    }
    void nothingIsAskedWhereNothingIsNeeded()
    {
        QFETCH(StoreKind, kind);
        openOn({}, kind);
        UploadDialog dialog(*m_session);
        dialog.open();
        add(dialog, u"One"_s);
        QTRY_VERIFY_WITH_TIMEOUT(foot(dialog).startsWith(u"1 uploaded"_s), 20'000);
        QVERIFY(!box(dialog, u"tenant"_s)->isVisible());
        QVERIFY(!box(dialog, u"user"_s)->isVisible());
        QCOMPARE(said(dialog, u"placeStrip"_s), QString());
    }

    void theyAreChosenByNameOnceAndRemembered()
    {
        openOn(kOwnerTables + tenant(1, u"Weinhaus"_s) + tenant(2, u"Brauerei"_s) +
               tenant(3, u"Brauerei"_s) + user(11, 1, u"Maren"_s) + user(12, 1, u"Odell"_s) +
               user(21, 2, u"Tomo"_s) + user(31, 3, u"Priya"_s) + user(32, 3, u""_s));
        {
            UploadDialog dialog(*m_session);
            dialog.open();
            add(dialog, u"Held"_s);
            QComboBox* tenants = box(dialog, u"tenant"_s);
            QComboBox* users = box(dialog, u"user"_s);
            QTRY_VERIFY(tenants->isVisible());
            QCOMPARE(items(tenants), QStringList({u"Brauerei (00000002)"_s,
                                                  u"Brauerei (00000003)"_s, u"Weinhaus"_s}));
            QCOMPARE(tenants->currentIndex(), -1);
            QVERIFY(!users->isEnabled());
            QCOMPARE(foot(dialog),
                     u"Nothing is uploaded until it is clear whose scans these are."_s);
            QTest::qWait(300);
            QVERIFY(scans().isEmpty());
            tenants->setCurrentIndex(2);
            QCOMPARE(items(users), QStringList({u"Maren"_s, u"Odell"_s}));
            QCOMPARE(users->currentIndex(), -1);
            QVERIFY(scans().isEmpty());
            users->setCurrentIndex(1);
            QTRY_VERIFY_WITH_TIMEOUT(foot(dialog).startsWith(u"1 uploaded, 0 left out"_s), 20'000);
            QCOMPARE(scans().first().tenantId, uuid(1));
            QCOMPARE(scans().first().userId, uuid(12));
            // Another tenant has other users; a single one is selected.
            tenants->setCurrentIndex(tenants->findData(uuid(2)));
            QCOMPARE(items(users), QStringList({u"Tomo"_s}));
            add(dialog, u"Second"_s);
            QTRY_VERIFY_WITH_TIMEOUT(foot(dialog).startsWith(u"2 uploaded"_s), 20'000);
            QCOMPARE(scans().first().tenantId, uuid(2));
            QCOMPARE(scans().first().userId, uuid(21));
            tenants->setCurrentIndex(tenants->findData(uuid(3)));
            QCOMPARE(items(users).contains(u"00000032"_s), true); // without a name: by its id
            QCOMPARE(users->currentIndex(), -1);
            tenants->setCurrentIndex(2);
            users->setCurrentIndex(0);
        }
        // Only ids are stored.
        QSettings settings;
        settings.beginGroup(m_session->info().settingsGroup());
        QCOMPARE(settings.value(u"tenant"_s).toString(), uuid(1));
        QCOMPARE(settings.value(u"user"_s).toString(), uuid(11));
        for (const QString& key : settings.allKeys())
            QVERIFY(!settings.value(key).toString().contains(u"Maren"_s));
        UploadDialog again(*m_session);
        again.open();
        add(again, u"Third"_s);
        QTRY_VERIFY_WITH_TIMEOUT(foot(again).startsWith(u"1 uploaded"_s), 20'000);
        QCOMPARE(box(again, u"tenant"_s)->currentText(), u"Weinhaus"_s);
        QCOMPARE(scans().first().userId, uuid(11));
    }

    void oneOfEachIsNotAsked()
    {
        openOn(kOwnerTables + tenant(1, u"Weinhaus"_s) + user(11, 1, u"Maren"_s));
        UploadDialog dialog(*m_session);
        dialog.open();
        add(dialog, u"One"_s);
        QTRY_VERIFY_WITH_TIMEOUT(foot(dialog).startsWith(u"1 uploaded"_s), 20'000);
        QCOMPARE(box(dialog, u"tenant"_s)->currentText(), u"Weinhaus"_s);
        QCOMPARE(box(dialog, u"user"_s)->currentText(), u"Maren"_s);
    }

    void whoIsGoneIsAskedForAgain()
    {
        openOn(kOwnerTables + tenant(1, u"A"_s) + tenant(2, u"B"_s) + user(11, 1, u"U"_s) +
               user(21, 2, u"V"_s));
        QSettings settings;
        settings.beginGroup(m_session->info().settingsGroup());
        settings.setValue(u"tenant"_s, uuid(9));
        settings.setValue(u"user"_s, uuid(21)); // of a different tenant than the one chosen
        UploadDialog dialog(*m_session);
        dialog.open();
        QTRY_VERIFY(box(dialog, u"tenant"_s)->isVisible());
        QCOMPARE(box(dialog, u"tenant"_s)->currentIndex(), -1);
        box(dialog, u"tenant"_s)->setCurrentIndex(0);
        QCOMPARE(box(dialog, u"user"_s)->currentText(), u"U"_s);
    }

    void noneIsSaid_data()
    {
        QTest::addColumn<QString>("rows");
        QTest::addColumn<QString>("says");
        QTest::newRow("no tenant") << QString() << u"needs a tenant"_s;
        QTest::newRow("no user") << tenant(1, u"A"_s) << u"needs a user"_s;
        QTest::newRow("none of this tenant")
            << tenant(1, u"A"_s) + tenant(2, u"B"_s) + user(21, 2, u"V"_s)
            << u"this tenant has none"_s;
    }
    void noneIsSaid()
    {
        QFETCH(QString, rows);
        QFETCH(QString, says);
        openOn(kOwnerTables + rows);
        UploadDialog dialog(*m_session);
        dialog.open();
        add(dialog, u"Held"_s);
        if (says.contains(u"this tenant"_s)) {
            QTRY_VERIFY(box(dialog, u"tenant"_s)->isVisible());
            box(dialog, u"tenant"_s)->setCurrentIndex(0);
        }
        QTRY_VERIFY(said(dialog, u"ownerStrip"_s).contains(says));
        QCOMPARE(foot(dialog), u"Nothing is uploaded until it is clear whose scans these are."_s);
        QTest::qWait(200);
        QVERIFY(scans().isEmpty());
    }

    // Another processor would take the job and could not read the picture.
    void besideOthersThePlaceIsChosenFirst()
    {
        openOn({}, StoreKind::Deployed, false);
        const QTemporaryDir folder;
        test::WebServer server([&folder](QTcpSocket& socket, const test::WebRequest& request) {
            QFile file(folder.filePath(QString::fromLatin1(request.target.mid(10))));
            const bool isThere = file.open(QIODevice::ReadOnly);
            socket.write(test::WebServer::counted(isThere ? 200 : 404, "image/png",
                                                  isThere ? file.readAll() : QByteArray()));
            socket.disconnectFromHost();
        });
        {
            UploadDialog dialog(*m_session);
            dialog.open();
            add(dialog, u"Held"_s);
            QVERIFY(said(dialog, u"placeStrip"_s).startsWith(u"Another processor works"_s));
            QTRY_COMPARE(foot(dialog),
                         u"Nothing is uploaded until it is clear where pictures go."_s);
            QTest::qWait(300);
            QVERIFY(scans().isEmpty());
            dialog.findChild<QPushButton*>(u"changePlace"_s)->click();
            auto* place = dialog.findChild<PlaceDialog*>();
            QVERIFY(place);
            auto* kind = place->findChild<QComboBox*>(u"kind"_s);
            auto* go = place->findChild<QPushButton*>(u"go"_s);
            auto* strip = place->findChild<Strip*>(u"said"_s);
            go->click(); // the table: still not
            QVERIFY(strip->isVisible());
            QVERIFY(strip->text().contains(u"Another processor"_s));
            kind->setCurrentIndex(1);
            QVERIFY(!strip->isVisible());
            place->findChild<QLineEdit*>(u"folder"_s)->setText(folder.path());
            go->click();
            QVERIFY2(strip->text().contains(u"web address"_s), qPrintable(strip->text()));
            place->findChild<QLineEdit*>(u"public"_s)->setText(server.url({}));
            go->click();
            QTRY_VERIFY_WITH_TIMEOUT(foot(dialog).startsWith(u"1 uploaded"_s), 20'000);
            QVERIFY(scans().first().imageUrl.startsWith(server.url(u"/pictures/"_s)));
            QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
        }
        UploadDialog again(*m_session); // it is remembered
        again.open();
        add(again, u"Second"_s);
        QTRY_VERIFY_WITH_TIMEOUT(foot(again).startsWith(u"1 uploaded"_s), 20'000);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 2);
    }

    void aGuestIsToldAtOnce()
    {
        openOn(u"DROP SCHEMA queuedeck CASCADE;"_s);
        UploadDialog dialog(*m_session);
        dialog.open();
        QTRY_VERIFY(said(dialog, u"ownerStrip"_s).contains(u"a table of Queuedeck's own"_s));
        add(dialog, u"Held"_s);
        QTest::qWait(200);
        QVERIFY(foot(dialog).startsWith(u"Nothing is uploaded"_s));
    }
};

QTEST_MAIN(TestOwnerChooser)
#include "tst_ownerchooser.moc"
