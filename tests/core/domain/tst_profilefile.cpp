// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/profilefile.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::domain;

class TestProfileFile : public QObject
{
    Q_OBJECT

    static ProfileFile example()
    {
        Profile profile{u"6f1c"_s,
                        {u"leora-production"_s, Environment::Production, Safety::TypeName,
                         std::chrono::minutes(15)},
                        u"postgresql://leora@db.leora.example:6543/postgres"_s};
        profile.page = u"jobs"_s;
        profile.interval = 5;
        profile.lastUsed = QDateTime({2026, 11, 29}, {14, 30}, Qt::UTC);
        Profile other{u"77aa"_s, {u"laptop"_s}, u"sqlite:/srv/jobs.db"_s};
        ProfileFile file;
        file.profiles = {profile, other};
        return file;
    }
    static ProfileFile read(const QByteArray& bytes)
    {
        const auto file = profilesFromJson(bytes);
        if (!file)
            qFatal("%s", qPrintable(file.error().detail));
        return *file;
    }

private Q_SLOTS:
    void whatIsWrittenIsRead()
    {
        const ProfileFile file = example();
        const ProfileFile again = read(profilesToJson(file));
        QCOMPARE(again.profiles, file.profiles);
        QVERIFY(!again.isNewer() && again.unreadable.isEmpty());
    }

    // Of a newer program, or of a hand: nothing is lost by writing it again.
    void whatIsNotKnownStays()
    {
        const QByteArray bytes = R"({"version":1,"theme":"dark","connections":[
            {"id":"a","name":"shop","address":"sqlite:/a.db","colour":"#fff","tunnel":{"host":"x"}},
            {"name":"no address"}, 17, null, {"address":"sqlite:/b.db"}]})";
        ProfileFile file = read(bytes);
        QCOMPARE(file.profiles.size(), 1);
        QCOMPARE(file.unreadable.size(), 4);
        file.profiles[0].rules.name = u"store"_s;
        const QJsonObject again = QJsonDocument::fromJson(profilesToJson(file)).object();
        QCOMPARE(again[u"theme"_s], u"dark"_s);
        const QJsonArray entries = again[u"connections"_s].toArray();
        QCOMPARE(entries.size(), 5);
        QCOMPARE(entries[0][u"name"_s], u"store"_s);
        QCOMPARE(entries[0][u"colour"_s], u"#fff"_s);
        QCOMPARE(entries[0][u"tunnel"_s][u"host"_s], u"x"_s);
        QCOMPARE(entries[2], QJsonValue(17));
    }

    // A word that is not known must not make a connection less careful.
    void anUnknownWordMeansMoreCare()
    {
        const ProfileFile file = read(R"({"version":2,"connections":[{"name":"a",
            "address":"sqlite:/a.db","environment":"moon","safety":"two-people",
            "askAgainAfterMinutes":1e9,"intervalSeconds":-3,"lastUsed":"yesterday"}]})");
        QVERIFY(file.isNewer());
        const Profile& profile = file.profiles.first();
        QCOMPARE(profile.rules.environment, Environment::Production);
        QCOMPARE(profile.rules.safety, Safety::ReadOnly);
        QCOMPARE(profile.rules.askAgainAfter.count(), 0);
        QCOMPARE(profile.interval, 0);
        QVERIFY(!profile.lastUsed.isValid());
        QVERIFY(!profile.id.isEmpty());
    }

    void otherDocumentsAreNone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        for (const char* bytes :
             {"", "{", "[]", "17", "null", "{}", R"({"version":1})", R"({"connections":[]})",
              R"({"version":"1","connections":[]})", R"({"version":0,"connections":[]})",
              R"({"version":1,"connections":{}})", "\xff\xfe{}"})
            QTest::newRow(bytes) << QByteArray(bytes);
    }
    void otherDocumentsAreNone()
    {
        QFETCH(QByteArray, bytes);
        const auto file = profilesFromJson(bytes);
        QVERIFY(!file);
        QCOMPARE(file.error().kind, base::ErrorKind::Invalid);
    }

    // Cut anywhere, and with bytes changed anywhere: it is read, or refused with a sentence.
    void survivesAnything()
    {
        const QByteArray good = profilesToJson(example());
        for (qsizetype length = 0; length < good.size(); ++length)
            QVERIFY(!profilesFromJson(good.first(length)) || length >= good.trimmed().size());
        QRandomGenerator random(19);
        int read = 0;
        for (int i = 0; i < 20'000; ++i) {
            QByteArray bytes = good;
            for (int n = random.bounded(1, 6); n > 0; --n)
                bytes[random.bounded(bytes.size())] = char(random.bounded(256));
            const auto file = profilesFromJson(bytes);
            if (!file) {
                QVERIFY(!file.error().detail.isEmpty());
                continue;
            }
            ++read;
            for (const Profile& profile : file->profiles)
                QVERIFY(nameProblem(profile.rules.name, {}).isEmpty());
            const auto again = profilesFromJson(profilesToJson(*file));
            QVERIFY(again);
            QCOMPARE(again->profiles, file->profiles);
            QCOMPARE(again->unreadable, file->unreadable);
        }
        QVERIFY(read > 1000); // else nothing was tried
        QVERIFY(!profilesFromJson(QByteArray(200'000, '[')));
    }

    void namesAreUniqueAndCanBeTyped()
    {
        const Profiles some = example().profiles;
        QVERIFY(nameProblem(u"shop"_s, some).isEmpty());
        for (const QString& bad : {u""_s, u"  "_s, u" shop"_s, u"shop\n"_s, u"a\u202Eb"_s,
                                   u"LEORA-production"_s, QString(81, u'x')})
            QVERIFY2(!nameProblem(bad, some).isEmpty(), qPrintable(bad));
        QCOMPARE(findProfile(some, u"Laptop"_s)->id, u"77aa"_s);
        QCOMPARE(freeName(u"laptop"_s, some), u"laptop 2"_s);
        QCOMPARE(freeName(u"\x01\n"_s, some), u"connection"_s);
        QVERIFY(nameProblem(freeName(QString(500, u'y'), some), some).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestProfileFile)
#include "tst_profilefile.moc"
