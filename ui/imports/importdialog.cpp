// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/importdialog.h"

#include "core/service/session.h"
#include "ui/imports/importcolumns.h"
#include "ui/imports/importfilebar.h"
#include "ui/imports/importoutcome.h"
#include "ui/imports/importowner.h"
#include "ui/imports/importpreviewpanel.h"
#include "ui/imports/importwords.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialogband.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/namegate.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/windowplace.h"

#include <QBoxLayout>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QKeyEvent>
#include <QMimeData>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kNarrow = 1180; // of the window, as for the sidebar
}

ImportDialog::ImportDialog(service::Session& session, Environment environment,
                           const QString& database, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_bar(new ImportFileBar(this))
    , m_owner(new ImportOwner(session, this))
    , m_columns(new ImportColumns(this))
    , m_outcome(new ImportOutcome(this))
    , m_preview(new ImportPreviewPanel(this))
    , m_error(new Strip(this))
{
    setObjectName(u"importDialog"_s);
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    setAcceptDrops(true);
    stayOnScreen(*this);
    const QSize wanted(px(1108), px(780));
    const int edge = px(space::kXxl);
    resize(parent ? wanted.boundedTo(parent->window()->size() - QSize(edge, edge)) : wanted);
    m_bar->setNarrow(parent && parent->window()->width() < px(kNarrow));
    m_error->setObjectName(u"error"_s);

    auto* middle = new QHBoxLayout;
    middle->setSpacing(px(space::kL));
    middle->addWidget(m_columns, 3);
    middle->addWidget(m_outcome, 2);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(px(space::kL), px(space::kL), px(space::kL), px(space::kM));
    body->setSpacing(px(space::kM));
    body->addWidget(m_bar);
    body->addWidget(m_owner);
    body->addLayout(middle, 1);
    body->addWidget(m_preview, 1);
    body->addWidget(m_error);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(0);
    all->addWidget(new DialogBand(environment, database));
    all->addLayout(body, 1);
    QWidget* const foot = makeFoot();
    m_gate = new NameGate(placeOf(parent), m_go, this);
    body->addWidget(m_gate);
    all->addWidget(foot);

    connect(m_bar, &ImportFileBar::chooseWanted, this, &ImportDialog::choose);
    connect(m_bar, &ImportFileBar::targetChanged, this, [this] {
        setWindowTitle(importwords::title(m_bar->target()));
        m_outcome->setTarget(m_bar->target());
        if (!m_file.isEmpty())
            look(false);
    });
    connect(m_bar, &ImportFileBar::readingChanged, this, [this] {
        if (!m_file.isEmpty())
            look(false);
    });
    connect(m_bar, &ImportFileBar::numbersChanged, this, &ImportDialog::changed);
    connect(m_owner, &ImportOwner::changed, this, &ImportDialog::changed);
    connect(m_columns, &ImportColumns::mappingChanged, this, &ImportDialog::changed);
    connect(m_columns, &ImportColumns::earlierWanted, this, &ImportDialog::offerEarlier);
    connect(m_outcome, &ImportOutcome::updateChanged, this, &ImportDialog::changed);
    m_progressTimer.setInterval(std::chrono::milliseconds(100));
    connect(&m_progressTimer, &QTimer::timeout, this, &ImportDialog::showProgress);
    setWindowTitle(importwords::title(m_bar->target()));
    setState(State::NoFile);
    m_bar->chooseButton()->setFocus();
}

ImportDialog::~ImportDialog()
{
    m_stop.request_stop();
}

QWidget* ImportDialog::makeFoot()
{
    auto* foot = new Surface(Color::Window, this, Qt::TopEdge);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(px(space::kL), px(space::kM), px(space::kL), px(space::kM));
    row->setSpacing(px(space::kS));
    m_foot = new Label({}, TextRole::Small, Color::Muted, foot);
    m_foot->setObjectName(u"foot"_s);
    m_foot->setWordWrap(true);
    m_again = makeButton(Icon::Refresh, tr("Try Again"), foot);
    m_again->setObjectName(u"again"_s);
    m_safe = makeButton(tr("Don’t Import"), foot);
    m_safe->setObjectName(u"safe"_s);
    m_go = makeButton(Icon::Upload, {}, foot, ButtonRole::Primary);
    m_go->setObjectName(u"go"_s);
    row->addWidget(m_foot, 1);
    for (QPushButton* button : {m_again, m_safe, m_go}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    connect(m_again, &QPushButton::clicked, this, &ImportDialog::tryOut);
    connect(m_safe, &QPushButton::clicked, this, &ImportDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &ImportDialog::go);
    return foot;
}

void ImportDialog::choose()
{
    auto* dialog = new QFileDialog(this, tr("Choose a File to Import"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Tables (*.csv *.tsv *.txt *.xlsx *.ods)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &ImportDialog::setFile);
    dialog->open();
}

void ImportDialog::setState(State state)
{
    m_state = state;
    const bool isBusy = state == State::Looking || state == State::Trying || state == State::Adding;
    m_bar->setEnabled(state != State::Adding);
    m_columns->setEnabled(state != State::Adding && state != State::Looking);
    m_outcome->setEnabled(state != State::Adding);
    m_again->setEnabled(state == State::Changed);
    m_gate->setReady(state == State::Tried && importedCount() > 0);
    if (state == State::Trying || state == State::Looking)
        m_go->setText(tr("Counting…"));
    else if (state == State::Tried)
        m_go->setText(importwords::goButton(m_bar->target(), importedCount()));
    else
        m_go->setText(tr("Import"));
    if (isBusy)
        m_progressTimer.start();
    else
        m_progressTimer.stop();
    switch (state) {
    case State::NoFile: m_foot->setText(tr("CSV in any encoding, XLSX and ODS are read.")); break;
    case State::Looking: m_foot->setText(tr("Looking at the file…")); break;
    case State::Trying: m_foot->setText(tr("Trying it out; nothing is changed…")); break;
    case State::Tried:
        m_foot->setText((canBeUndone()
                             ? tr("Nothing has been changed yet. It runs as 1 bulk_import "
                                  "job, in batches of %1, and can be undone.")
                             : tr("Nothing has been changed yet. It runs as 1 bulk_import "
                                  "job, in batches of %1."))
                            .arg(formatCount(domain::ImportSink::kBatch)));
        break;
    case State::Changed:
        m_foot->setText(tr("A choice was changed. Try it again to see what happens."));
        break;
    case State::Adding: m_foot->setText(tr("Copying the file and adding the job…")); break;
    }
    if (state == State::Changed)
        m_outcome->setStale(tr("not yet tried out with these choices"));
}

// A guest keeps no journal, and scans are jobs, which are deleted instead.
bool ImportDialog::canBeUndone() const
{
    return m_bar->target() != domain::ImportTarget::Scans &&
           m_session.info().mode != domain::QueueMode::Guest;
}

void ImportDialog::showProgress()
{
    if (m_state != State::Trying || !m_progress || m_progress->all == 0)
        return;
    m_foot->setText(tr("%1 of %2 lines tried out; nothing is changed.")
                        .arg(formatCount(m_progress->done), formatCount(m_progress->all)));
}

void ImportDialog::reject()
{
    m_stop.request_stop();
    if (m_state != State::Adding) // the job is added or not, never half
        QDialog::reject();
}

void ImportDialog::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.front().isLocalFile() && m_state != State::Adding)
        event->acceptProposedAction();
}

void ImportDialog::dropEvent(QDropEvent* event)
{
    setFile(event->mimeData()->urls().constFirst().toLocalFile());
    event->acceptProposedAction();
}

void ImportDialog::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        // Enter fires only the button that has the focus: there is no default.
        if (auto* button = qobject_cast<QPushButton*>(focusWidget()))
            button->click();
        return;
    }
    QDialog::keyPressEvent(event);
}

} // namespace queuedeck::ui
