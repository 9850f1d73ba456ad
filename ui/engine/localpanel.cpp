// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/localpanel.h"

#include "core/async/deliver.h"
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "ui/actions/actionbutton.h"
#include "ui/actions/actionset.h"
#include "ui/engine/picturesdialog.h"
#include "ui/engine/typesdialog.h"
#include "ui/notice/changesoff.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QFocusEvent>
#include <QGridLayout>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

LocalPanel::LocalPanel(service::Session& session, const ActionSet& actions, QWidget* parent)
    : Panel(tr("This computer"), Content::Padded, parent)
    , m_session(session)
    , m_choices(EngineChoices::load(session.info()))
    , m_step(new ActionButton(actions.action(ActionId::StepJob), this, ButtonRole::Quiet))
    , m_process(new ActionButton(actions.action(ActionId::ProcessNow), this))
    , m_state(new Label({}, TextRole::Strong, Color::Text, this))
    , m_done(new Label({}, TextRole::Body, Color::Muted, this))
    , m_types(new Label({}, TextRole::Body, Color::Text, this))
    , m_problems(new Label({}, TextRole::Small, Color::Stuck, this))
    , m_chooseTypes(makeButton(tr("Choose…"), this, ButtonRole::Link))
    , m_pictures(new Label({}, TextRole::Body, Color::Text, this))
    , m_claude(new Label({}, TextRole::Small, Color::Muted, this))
    , m_choosePictures(makeButton(tr("Choose…"), this, ButtonRole::Link))
    , m_concurrency(new QSpinBox(this))
    , m_round(new QSpinBox(this))
    , m_stopAfter(new QSpinBox(this))
    , m_othersWork(new QCheckBox(tr("Another processor works here"), this))
{
    addToHead(m_step);
    addToHead(m_process);
    auto* stop = new ActionButton(actions.action(ActionId::StopEngine), this);
    auto* start =
        new ActionButton(actions.action(ActionId::StartEngine), this, ButtonRole::Primary);
    addToHead(stop);
    addToHead(start);

    auto* state = new QHBoxLayout;
    state->setSpacing(px(space::kM));
    state->addWidget(m_state);
    state->addWidget(m_done, 1);
    content()->addSpacing(px(space::kXs));
    content()->addLayout(state);
    content()->addLayout(makeForm());
    // The tab order is the reading order. No focus proxy: Tab would begin with it and skip what
    // comes before.
    QWidget* before = m_step;
    for (QWidget* each : QWidgetList{m_process, stop, start, m_concurrency, m_round, m_chooseTypes,
                                     m_choosePictures, m_othersWork}) {
        setTabOrder(before, each);
        before = each;
    }

    for (QSpinBox* box : {m_concurrency, m_round, m_stopAfter})
        connect(box, &QSpinBox::valueChanged, this, &LocalPanel::choose);
    connect(m_othersWork, &QCheckBox::toggled, this, &LocalPanel::choose);
    connect(m_chooseTypes, &QPushButton::clicked, this, &LocalPanel::chooseTypes);
    connect(m_choosePictures, &QPushButton::clicked, this, &LocalPanel::choosePictures);
    service::EngineService& engine = session.engine();
    connect(&engine, &service::EngineService::started, this, [this] {
        m_processed = m_failed = m_haltedAfter = 0;
        showState();
    });
    connect(&engine, &service::EngineService::stopped, this,
            [this](const service::ProcessReport& report) {
                m_processed = report.processed;
                m_failed = report.failed;
                showState();
            });
    connect(&engine, &service::EngineService::quiet, this, &LocalPanel::showPictures);
    connect(&engine, &service::EngineService::stopping, this, &LocalPanel::showState);
    connect(&engine, &service::EngineService::halted, this,
            [this](const service::ProcessReport& report) {
                m_haltedAfter = report.haltedAfter;
                showState();
            });
    connect(&engine, &service::EngineService::progressed, this, [this](int processed, int failed) {
        m_processed = processed;
        m_failed = failed;
        showState();
    });
    connect(&engine, &service::EngineService::handlersChanged, this, &LocalPanel::showTypes);
    connect(&session.snapshots(), &service::SnapshotFeed::read, this, &LocalPanel::showState);
    session.setPictures(m_choices.pictures);
    showState();
    showTypes();
    showPictures();
}

void LocalPanel::focusInEvent(QFocusEvent* event)
{
    m_concurrency->setFocus(event->reason());
}

void LocalPanel::setNarrow(bool isNarrow)
{
    m_step->setIconOnly(isNarrow);
    m_process->setIconOnly(isNarrow);
}

QGridLayout* LocalPanel::makeForm()
{
    auto* form = new QGridLayout;
    form->setContentsMargins(0, px(space::kXs), 0, 0);
    form->setHorizontalSpacing(px(space::kM));
    form->setVerticalSpacing(px(space::kS));
    form->setColumnStretch(2, 1);

    m_concurrency->setObjectName(u"concurrency"_s);
    m_concurrency->setRange(1, 64);
    m_concurrency->setValue(m_choices.engine.concurrency);
    addRow(form, tr("Jobs at a time"), m_concurrency, tr("from the next start on"));
    m_round->setObjectName(u"round"_s);
    m_round->setRange(1, 1000);
    m_round->setValue(m_choices.round);
    addRow(form, tr("Jobs per round"), m_round, tr("at most, for Process Now"));

    m_stopAfter->setObjectName(u"stopAfter"_s);
    m_stopAfter->setRange(0, EngineChoices::kMostFailures);
    m_stopAfter->setSpecialValueText(tr("never"));
    m_stopAfter->setValue(m_choices.engine.stopAfterFailures);
    addRow(form, tr("Stop after"), m_stopAfter, tr("failures in a row; 0 means never"));

    m_problems->setWordWrap(true);
    m_chooseTypes->setObjectName(u"chooseTypes"_s);
    m_chooseTypes->setAccessibleName(tr("Choose types"));
    const int row = form->rowCount();
    form->addWidget(new Label(tr("Types"), TextRole::Body, Color::Muted), row, 0);
    form->addLayout(chosenRow(m_types, m_chooseTypes), row, 1, 1, 2);
    form->addWidget(m_problems, row + 1, 1, 1, 2);

    m_pictures->setObjectName(u"pictures"_s);
    m_choosePictures->setObjectName(u"choosePictures"_s);
    m_choosePictures->setAccessibleName(tr("Choose how pictures are read"));
    form->addWidget(new Label(tr("Pictures"), TextRole::Body, Color::Muted), row + 2, 0);
    form->addLayout(chosenRow(m_pictures, m_choosePictures), row + 2, 1, 1, 2);

    m_othersWork->setObjectName(u"othersWork"_s);
    m_othersWork->setChecked(
        m_choices.engine.othersWork.value_or(m_session.engine().othersWorkUnlessSaid()));
    m_claude->setObjectName(u"claude"_s);
    m_claude->setWordWrap(true);
    form->addWidget(m_claude, row + 3, 1, 1, 2);
    form->addWidget(new Label(tr("Shared table"), TextRole::Body, Color::Muted), row + 4, 0);
    form->addWidget(m_othersWork, row + 4, 1, 1, 2);
    auto* why =
        new Label(tr("A claimed job then waits 250 ms and is checked again before it starts."),
                  TextRole::Small, Color::Muted);
    why->setWordWrap(true);
    form->addWidget(why, row + 5, 1, 1, 2);
    return form;
}

// What was chosen in a dialog, and the button that opens it.
QHBoxLayout* LocalPanel::chosenRow(Label* text, QPushButton* choose)
{
    text->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(px(space::kM));
    row->addWidget(text, 1);
    row->addWidget(choose);
    return row;
}

void LocalPanel::addRow(QGridLayout* form, const QString& text, QWidget* widget,
                        const QString& note)
{
    auto* label = new Label(text, TextRole::Body, Color::Muted);
    label->setBuddy(widget);
    widget->setAccessibleName(text);
    widget->setMinimumWidth(px(72));
    const int row = form->rowCount();
    form->addWidget(label, row, 0);
    form->addWidget(widget, row, 1, Qt::AlignLeft);
    form->addWidget(new Label(note, TextRole::Small, Color::Muted), row, 2);
}

void LocalPanel::choose()
{
    m_choices.engine.concurrency = m_concurrency->value();
    m_choices.round = m_round->value();
    m_choices.engine.stopAfterFailures = m_stopAfter->value();
    // Unless the user says otherwise, it follows from whose table it is.
    if (sender() == m_othersWork)
        m_choices.engine.othersWork = m_othersWork->isChecked();
    m_choices.save(m_session.info());
    Q_EMIT choicesChanged(m_choices);
    showState();
}

void LocalPanel::chooseTypes()
{
    auto* dialog = new TypesDialog(m_session.engine().handledTypes(), m_choices.engine, window());
    connect(dialog, &TypesDialog::chosen, this, [this](const QStringList& types, bool inOrder) {
        m_choices.engine.types = types;
        m_choices.engine.inOrder = inOrder;
        choose();
        showTypes();
    });
    dialog->open();
}

void LocalPanel::choosePictures()
{
    auto* dialog = new PicturesDialog(m_session, m_choices.pictures, window());
    connect(dialog, &PicturesDialog::chosen, this, [this](const service::PictureChoices& chosen) {
        m_choices.pictures = chosen;
        m_session.setPictures(chosen);
        choose();
        showPictures();
    });
    dialog->open();
}

void LocalPanel::showPictures()
{
    m_pictures->setText(picturesText(m_choices.pictures, m_session.engine().fetchesPictures()));
    const bool isClaude = m_choices.pictures.reader == service::PictureChoices::Reader::Claude;
    m_claude->setVisible(isClaude);
    if (isClaude)
        showClaude();
}

void LocalPanel::showClaude()
{
    async::deliver(m_session.engine().claude(), this,
                   [this](const base::Result<service::ClaudeInfo>& info) {
                       m_claude->setText(info ? claudeText(*info) : errorLine(info.error()));
                   });
}

void LocalPanel::showState()
{
    const service::EngineService& engine = m_session.engine();
    const int running = engine.runningCount();
    m_state->setText(
        engine.isStopping()  ? stoppingText(running)
        : engine.isRunning() ? tr("Running: %1 of %2 jobs now").arg(running).arg(engine.capacity())
        : running > 0        ? tr("A round: %1 jobs now").arg(running)
        : m_haltedAfter > 0  ? tr("Stopped after %1 failures in a row").arg(m_haltedAfter)
                             : tr("Not running"));
    m_done->setText(m_processed + m_failed > 0
                        ? tr("%1 completed, %2 failed attempts")
                              .arg(formatCount(m_processed), formatCount(m_failed))
                        : QString());
}

void LocalPanel::showTypes()
{
    const service::EngineService& engine = m_session.engine();
    const QStringList handled = engine.handledTypes();
    QStringList texts;
    for (const QString& type :
         m_choices.engine.types.isEmpty() ? handled : m_choices.engine.types) {
        if (handled.contains(type))
            texts += showControls(type);
    }
    const QString order = m_choices.engine.inOrder && texts.size() > 1
                              ? tr("in this order: %1").arg(texts.join(u", then "_s))
                              : texts.join(u", "_s);
    m_types->setText(texts.isEmpty() ? tr("None: no chosen type has a handler here.")
                                     : tr("%1. Jobs of other types stay pending.").arg(order));
    QStringList problems;
    for (const service::LocalHandler& handler : engine.handlerProblems())
        problems +=
            (handler.file.isEmpty() ? tr("Jobs of %1 stay pending: %2") : tr("%1 is not used: %2"))
                .arg(showControls(handler.type), showControls(handler.problem));
    m_problems->setText(problems.join(u'\n'));
    m_problems->setVisible(!problems.isEmpty());
}

} // namespace queuedeck::ui
