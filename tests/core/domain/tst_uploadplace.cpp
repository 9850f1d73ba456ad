// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/uploadplace.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using domain::UploadPlace;
using Kind = UploadPlace::Kind;

class TestUploadPlace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understands_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canonical");
        QTest::addColumn<QString>("object");
        QTest::addColumn<QString>("open");
        const auto row = [](const char* name, const QString& text, const QString& canonical,
                            const QString& object, const QString& open) {
            QTest::newRow(name) << text << canonical << object << open;
        };
        row("table", u" table "_s, u"table"_s, {}, {});
        row("folder", u"folder:/srv/cards?public=https://jobs.example"_s,
            u"folder:/srv/cards?public=https://jobs.example/pictures"_s, {},
            u"https://jobs.example/pictures/a/b.png"_s);
        row("folder with a question mark", u"folder:/srv/a?b/?public=http://localhost:3000/x/"_s,
            u"folder:/srv/a?b?public=http://localhost:3000/x"_s, {},
            u"http://localhost:3000/x/a/b.png"_s);
        row("Amazon", u"s3:https://s3.eu-central-1.amazonaws.com/cards"_s,
            u"s3:https://s3.eu-central-1.amazonaws.com/cards?region=eu-central-1&style=host"_s,
            u"https://cards.s3.eu-central-1.amazonaws.com/a/b.png"_s,
            u"https://cards.s3.eu-central-1.amazonaws.com/a/b.png"_s);
        row("Amazon, a name with dots", u"s3:https://s3.amazonaws.com/my.cards"_s,
            u"s3:https://s3.amazonaws.com/my.cards?region=us-east-1&style=path"_s,
            u"https://s3.amazonaws.com/my.cards/a/b.png"_s,
            u"https://s3.amazonaws.com/my.cards/a/b.png"_s);
        row("a port, a prefix and another public address",
            u"s3:https://minio.example:9000/cards/from/here?public=https://cdn.example/c"_s,
            u"s3:https://minio.example:9000/cards/from/here?region=us-east-1&style=path&"
            "public=https://cdn.example/c"_s,
            u"https://minio.example:9000/cards/a/b.png"_s, u"https://cdn.example/c/a/b.png"_s);
        row("virtual host", u"s3:https://minio.example:9000/cards?style=host&region=x"_s,
            u"s3:https://minio.example:9000/cards?region=x&style=host"_s,
            u"https://cards.minio.example:9000/a/b.png"_s,
            u"https://cards.minio.example:9000/a/b.png"_s);
        row("Supabase", u"supabase:https://abc.supabase.co/Business_Cards"_s,
            u"supabase:https://abc.supabase.co/Business_Cards"_s,
            u"https://abc.supabase.co/storage/v1/object/Business_Cards/a/b.png"_s,
            u"https://abc.supabase.co/storage/v1/object/public/Business_Cards/a/b.png"_s);
    }
    void understands()
    {
        QFETCH(QString, text);
        QFETCH(QString, canonical);
        QFETCH(QString, object);
        QFETCH(QString, open);
        const auto place = UploadPlace::parse(text);
        QVERIFY2(place, place ? "" : qPrintable(place.error().detail));
        QCOMPARE(place->text(), canonical);
        const auto again = UploadPlace::parse(place->text());
        QVERIFY(again && *again == *place);
        if (!object.isEmpty())
            QCOMPARE(place->objectUrl(u"a/b.png"_s).toString(), object);
        if (!open.isEmpty())
            QCOMPARE(place->publicUrl(u"a/b.png"_s), open);
    }

    void theApplicationHasARouteForEachType()
    {
        const auto usual = UploadPlace::parse(u"app:https://app.example"_s);
        QVERIFY(usual);
        QCOMPARE(usual->routeFor(domain::ScanType::BusinessCard).toString(),
                 u"https://app.example/api/scan/business-card"_s);
        QCOMPARE(usual->routeFor(domain::ScanType::LiquorLicense).toString(),
                 u"https://app.example/api/scan/license"_s);
        const auto own = UploadPlace::parse(u"app:https://app.example/up?licenses=/up2"_s);
        QVERIFY(own);
        QCOMPARE(own->routeFor(domain::ScanType::BusinessCard).path(), u"/up"_s);
        QCOMPARE(own->routeFor(domain::ScanType::LiquorLicense).path(), u"/up2"_s);
        QVERIFY(UploadPlace::parse(own->text()) == *own);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<base::ErrorKind>("kind");
        const auto row = [](const QString& text, base::ErrorKind kind = base::ErrorKind::Invalid) {
            QTest::newRow(qPrintable(text.left(60))) << text << kind;
        };
        for (const char* text : {"",
                                 "bucket",
                                 "s3",
                                 "s3:",
                                 "s3:minio.example/cards",
                                 "s3:https://minio.example",
                                 "s3:https://minio.example/AB",
                                 "s3:https://minio.example/a..b",
                                 "s3:https://minio.example/cards/../x",
                                 "s3:https://minio.example/cards?style=odd",
                                 "s3:https://minio.example/cards?key=1",
                                 "s3:https://minio.example/cards?region=",
                                 "s3:https://minio.example/cards?region=a&region=b",
                                 "s3:ftp://minio.example/cards",
                                 "s3:https://minio.example/cards#x",
                                 "folder:cards?public=https://a.example",
                                 "folder:/srv/cards",
                                 "folder:/srv/cards?public=jobs.example",
                                 "folder:/srv?public=https://a.example?b=1",
                                 "supabase:https://abc.supabase.co",
                                 "supabase:https://abc.supabase.co/a?b=c",
                                 "app:app.example",
                                 "app:https://app.example?licenses=up",
                                 "TABLE",
                                 "table:"})
            row(QString::fromLatin1(text));
        row(u"s3:https://minio.example/cards?public=https://a.example/?x=1"_s);
        row(u"s3:http://minio.example/cards"_s, base::ErrorKind::Denied);
        row(u"app:http://app.example"_s, base::ErrorKind::Denied);
        row(u"supabase:http://10.0.0.1/cards"_s, base::ErrorKind::Denied);
        row(u"s3:https://id:canary@minio.example/cards"_s, base::ErrorKind::Denied);
        row(u"s3:https://minio.example/cards?public=https://u:canary@a.example"_s,
            base::ErrorKind::Denied);
        row(u"AKIA:canary"_s);
        row(u"s3:https://minio.example/"_s + QString(2000, u'a'));
    }
    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(base::ErrorKind, kind);
        const auto place = UploadPlace::parse(text);
        QVERIFY2(!place, place ? qPrintable(place->text()) : "");
        QCOMPARE(place.error().kind, kind);
        QVERIFY(place.error().detail.endsWith(u'.'));
        QVERIFY(!place.error().detail.contains(u"canary"_s));
    }

    void thisComputerMayGoWithoutTls()
    {
        QVERIFY(UploadPlace::parse(u"s3:http://localhost:9000/cards"_s));
        QVERIFY(UploadPlace::parse(u"s3:http://127.0.0.1:9000/cards"_s));
        QVERIFY(UploadPlace::parse(u"s3:http://[::1]:9000/cards"_s));
        QVERIFY(!UploadPlace::parse(u"s3:http://127.0.0.1.evil.example/cards"_s));
        QVERIFY(!UploadPlace::parse(u"s3:http://localhost.evil.example/cards"_s));
    }

    void anotherProcessorMustBeAbleToRead_data()
    {
        using domain::QueueMode;
        QTest::addColumn<QString>("place");
        QTest::addColumn<domain::UploadSurroundings>("around");
        QTest::addColumn<bool>("may");
        const domain::UploadSurroundings own{QueueMode::Own, false, false};
        const domain::UploadSurroundings beside{QueueMode::Beside, true, false};
        const domain::UploadSurroundings alone{QueueMode::Beside, false, false};
        const domain::UploadSurroundings here{QueueMode::Beside, true, true};
        const QString open = u"s3:https://minio.example/cards"_s;
        const QString near = u"folder:/srv/cards?public=http://localhost:3000"_s;
        QTest::newRow("table, own") << u"table"_s << own << true;
        QTest::newRow("table, beside") << u"table"_s << beside << false;
        QTest::newRow("table, beside, here") << u"table"_s << here << false;
        QTest::newRow("table, beside, alone") << u"table"_s << alone << true;
        QTest::newRow("bucket, beside") << open << beside << true;
        QTest::newRow("near, beside") << near << beside << false;
        QTest::newRow("near, beside, here") << near << here << true;
        QTest::newRow("near, own") << near << own << true;
        QTest::newRow("app, beside") << u"app:http://localhost:3000"_s << beside << true;
    }
    void anotherProcessorMustBeAbleToRead()
    {
        QFETCH(QString, place);
        QFETCH(domain::UploadSurroundings, around);
        QFETCH(bool, may);
        const base::Status checked = domain::checkPlace(*UploadPlace::parse(place), around);
        QCOMPARE(bool(checked), may);
        if (!may) {
            QCOMPARE(checked.error().kind, base::ErrorKind::Denied);
            QVERIFY(checked.error().detail.endsWith(u"Nothing was uploaded."_s));
        }
    }
};

QTEST_APPLESS_MAIN(TestUploadPlace)
#include "tst_uploadplace.moc"
