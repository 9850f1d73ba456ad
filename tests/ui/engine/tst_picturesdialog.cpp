// SPDX-License-Identifier: GPL-3.0-or-later
// What is chosen for pictures: shown, kept for this database, and given to its engine.
#include "core/service/picturechoices.h"
#include "tests/ui/engine/fixture.h"
#include "ui/actions/actionset.h"
#include "ui/engine/keydialog.h"
#include "ui/engine/localpanel.h"
#include "ui/engine/picturesdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using tests::child;
using tests::textOf;

class TestPicturesDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<tests::EngineFixture> m_fixture;
    std::unique_ptr<ActionSet> m_actions;
    std::unique_ptr<LocalPanel> m_panel;

    PicturesDialog* open()
    {
        child<QPushButton>(*m_panel, u"choosePictures"_s)->click();
        auto* dialog = tests::openDialog<PicturesDialog>();
        if (!dialog)
            qFatal("no dialog");
        return dialog;
    }
    service::EngineService& engine() { return m_fixture->session->engine(); }

private Q_SLOTS:
    void initTestCase() { tests::EngineFixture::prepare(); }
    void init()
    {
        m_fixture = std::make_unique<tests::EngineFixture>();
        m_fixture->open();
        m_actions = std::make_unique<ActionSet>();
        m_panel = std::make_unique<LocalPanel>(*m_fixture->session, *m_actions);
        m_panel->show();
    }
    void cleanup()
    {
        m_panel.reset();
        m_actions.reset();
        m_fixture.reset();
    }

    void whatIsChosenIsShownKeptAndUsed()
    {
        QVERIFY(textOf(*m_panel, u"pictures"_s).contains(u"are fetched"_s)); // our own table
        QVERIFY(engine().fetchesPictures());
        QSignalSpy changed(m_panel.get(), &LocalPanel::choicesChanged);
        PicturesDialog* dialog = open();
        QVERIFY(child<QCheckBox>(*dialog, u"fetch"_s)->isChecked());
        child<QLineEdit>(*dialog, u"hosts"_s)->setText(u" Pictures.Internal,localhost:9000 "_s);
        child<QPushButton>(*dialog, u"go"_s)->click();
        QCOMPARE(changed.size(), 1);
        QVERIFY(textOf(*m_panel, u"pictures"_s).contains(u"pictures.internal, localhost:9000"_s));
        QCOMPARE(engine().pictures().hosts,
                 QStringList({u"pictures.internal"_s, u"localhost:9000"_s}));

        dialog = open();
        child<QCheckBox>(*dialog, u"fetch"_s)->click();
        QVERIFY(!child<QLineEdit>(*dialog, u"hosts"_s)->isEnabled());
        child<QPushButton>(*dialog, u"go"_s)->click();
        QVERIFY(!engine().fetchesPictures());
        QVERIFY(textOf(*m_panel, u"pictures"_s).contains(u"stay pending"_s));

        engine().setPictures({});
        const LocalPanel again(*m_fixture->session, *m_actions);
        QVERIFY(!engine().fetchesPictures());
        QCOMPARE(again.choices().pictures, m_panel->choices().pictures);
        const auto other = tests::openAt(m_fixture->folder.filePath(u"other.db"_s));
        const LocalPanel elsewhere(*other, *m_actions);
        QVERIFY(other->engine().fetchesPictures());
    }

    void whoReadsIsAVisibleChoice()
    {
        QVERIFY(textOf(*m_panel, u"pictures"_s).contains(u"Reads with: This computer"_s));
        auto* onPanel = child<QLabel>(*m_panel, u"claude"_s);
        QVERIFY(onPanel->isHidden());
        PicturesDialog* dialog = open();
        auto* reader = child<QComboBox>(*dialog, u"reader"_s);
        auto* state = child<QLabel>(*dialog, u"claude"_s);
        QCOMPARE(reader->accessibleName(), u"Reads with"_s);
        QVERIFY(state->isHidden());
        reader->setCurrentIndex(1);
        QVERIFY(state->isVisible());
        QTRY_VERIFY2(state->text().contains(u"No key for Claude"_s), qPrintable(state->text()));
        child<QPushButton>(*dialog, u"key"_s)->click();
        auto* key = tests::openDialog<KeyDialog>();
        QVERIFY(key);
        child<QLineEdit>(*key, u"key"_s)->setText(u"sk-canary"_s);
        QTRY_VERIFY(child<QPushButton>(*key, u"go"_s)->isEnabled()); // it has looked for one
        child<QPushButton>(*key, u"go"_s)->click();
        QTRY_VERIFY2(state->text().contains(u"0 of 1,000,000 tokens today"_s),
                     qPrintable(state->text()));
        QVERIFY(state->text().contains(u"api.anthropic.com"_s));
        QVERIFY(!state->text().contains(u"canary"_s));
        child<QPushButton>(*dialog, u"go"_s)->click();
        QCOMPARE(engine().pictures().reader, service::PictureChoices::Reader::Claude);
        QVERIFY(textOf(*m_panel, u"pictures"_s).contains(u"Reads with: Claude"_s));
        QTRY_VERIFY(onPanel->isVisible() && onPanel->text().contains(u"claude-haiku-5-5"_s));
        const LocalPanel again(*m_fixture->session, *m_actions);
        QCOMPARE(again.choices().pictures.reader, service::PictureChoices::Reader::Claude);
    }

    void aWrongHostIsNamedAndNothingChanges()
    {
        PicturesDialog* dialog = open();
        child<QLineEdit>(*dialog, u"hosts"_s)->setText(u"https://pictures.internal/a"_s);
        child<QPushButton>(*dialog, u"go"_s)->click();
        QVERIFY(dialog->isVisible());
        QVERIFY(textOf(*dialog, u"said"_s).contains(u"https://pictures.internal/a is no host"_s));
        dialog->reject();
        QVERIFY(engine().pictures().hosts.isEmpty());
    }
};

QTEST_MAIN(TestPicturesDialog)
#include "tst_picturesdialog.moc"
