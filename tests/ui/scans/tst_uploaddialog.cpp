// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/scanservice.h"
#include "tests/support/pictures.h"
#include "tests/support/sessions.h"
#include "ui/scans/uploaddialog.h"
#include "ui/scans/uploadrow.h"
#include "ui/widgets/label.h"

#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "pictures.h"

using namespace queuedeck;
using namespace queuedeck::ui;
using tests::openAt;
using tests::waitFor;
using namespace Qt::StringLiterals;

class TestUploadDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::shared_ptr<service::Session> m_session;

    QString write(const QString& name, const QByteArray& bytes)
    {
        const QString path = m_dir->filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return path;
    }
    static QString foot(const UploadDialog& dialog)
    {
        return dialog.findChild<Label*>(u"foot"_s)->text();
    }
    static QStringList said(const UploadDialog& dialog)
    {
        QStringList words;
        for (const UploadRow* row : dialog.findChildren<UploadRow*>())
            words += row->accessibleName() + u": "_s + row->accessibleDescription();
        words.sort();
        return words;
    }

private Q_SLOTS:
    void initTestCase() { Appearance::instance().install(*qApp, ThemeChoice::Light); }

    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_session = openAt(m_dir->filePath(u"queue.db"_s));
        QVERIFY(m_session);
    }
    void cleanup() { m_session.reset(); }

    void goodOnesGoAndTheRestSayWhy()
    {
        const QByteArray card = drawnCard(u"Maren Lindqvist"_s);
        const QStringList paths{write(u"a-card.png"_s, card),
                                write(u"b-text.png"_s, "just words, no picture"),
                                write(u"c-cut.png"_s, drawnCard(u"Odell"_s).chopped(900)),
                                write(u"d-copy.png"_s, card)};
        UploadDialog dialog(*m_session);
        QSignalSpy uploaded(&dialog, &UploadDialog::uploaded);
        dialog.open();
        dialog.addFiles(paths);
        QTRY_COMPARE(foot(dialog),
                     u"1 uploaded, 3 left out. You may close this; reading goes on."_s);
        QTRY_VERIFY(said(dialog)[0].startsWith(u"a-card.png: Pending"));
        const QStringList rows = said(dialog);
        QCOMPARE(rows[1], u"b-text.png: Not an image: JPEG, PNG and WebP are read., left out"_s);
        QVERIFY2(rows[2].contains(u"cut off"), qPrintable(rows[2]));
        QCOMPARE(rows[3], u"d-copy.png: Same image as a-card.png, left out"_s);
        QCOMPARE(uploaded.count(), 1);
        const auto page = waitFor(m_session->scans().page({}));
        QVERIFY(page.has_value());
        QCOMPARE(page->scans.size(), 1);

        for (QPushButton* button : dialog.findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text() == "Upload anyway"_L1) {
                button->click();
                break;
            }
        }
        QTRY_COMPARE(foot(dialog),
                     u"2 uploaded, 2 left out. You may close this; reading goes on."_s);
        QCOMPARE(uploaded.last().value(0).toInt(), 2);
        QSignalSpy shown(&dialog, &UploadDialog::showWanted);
        QCOMPARE(dialog.findChild<QPushButton*>(u"show"_s)->text(), u"Show 2 in Scans"_s);
        dialog.findChild<QPushButton*>(u"show"_s)->click();
        QCOMPARE(shown.count(), 1);
        QVERIFY(!dialog.isVisible());
    }

    // Judged as on the command line.
    void theDamagedAndTheAnimatedSayWhy()
    {
        const QByteArray card = drawnCard(u"Maren Lindqvist"_s);
        const QImage image = QImage::fromData(card);
        const QByteArray webp = pictures::encoded(image, "webp");
        UploadDialog dialog(*m_session);
        dialog.open();
        dialog.addFiles({write(u"a.png"_s, pictures::damagedPng(card)),
                         write(u"b.png"_s, pictures::animatedPng(card, 2)),
                         write(u"c.webp"_s, pictures::animatedWebP(webp, image.size(), 2))});
        QTRY_VERIFY(foot(dialog).contains(u"3 left out"_s));
        const QString animated =
            u"The picture is animated, with 2 frames. Save the one to be read as JPEG or PNG., left out"_s;
        QCOMPARE(said(dialog),
                 (QStringList{u"a.png: The picture cannot be decoded: it is damaged. Copy or save "
                              "it again., left out"_s,
                              u"b.png: "_s + animated, u"c.webp: "_s + animated}));
    }

    void foldersAreReadOneLevelDeep()
    {
        QVERIFY(QDir(m_dir->path()).mkpath(u"cards/deeper"_s));
        write(u"cards/one.png"_s, drawnCard(u"One"_s));
        write(u"cards/two.png"_s, drawnCard(u"Two"_s));
        write(u"cards/deeper/three.png"_s, drawnCard(u"Three"_s));
        UploadDialog dialog(*m_session);
        dialog.open();
        dialog.addFiles({m_dir->filePath(u"cards"_s)});
        QTRY_COMPARE(foot(dialog),
                     u"2 uploaded, 0 left out. You may close this; reading goes on."_s);
    }

    void aPastedPictureIsUploaded()
    {
        UploadDialog dialog(*m_session);
        dialog.open();
        dialog.addImage(QImage::fromData(drawnCard(u"Pasted"_s)));
        QTRY_COMPARE(foot(dialog),
                     u"1 uploaded, 0 left out. You may close this; reading goes on."_s);
        QVERIFY(said(dialog)[0].startsWith(u"Pasted picture 1.png"));
    }
};

QTEST_MAIN(TestUploadDialog)

#include "tst_uploaddialog.moc"
