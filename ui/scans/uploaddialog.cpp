// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/uploaddialog.h"

#include "core/service/engineservice.h"
#include "core/service/session.h"
#include "ui/engine/enginechoices.h"
#include "ui/scans/iconview.h"
#include "ui/scans/ownerchooser.h"
#include "ui/scans/placechooser.h"
#include "ui/scans/uploadqueue.h"
#include "ui/scans/uploadrow.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/place.h"
#include "ui/widgets/strip.h"

#include <QBuffer>
#include <QClipboard>
#include <QDir>
#include <QDragEnterEvent>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QFrame>
#include <QGuiApplication>
#include <QImage>
#include <QKeyEvent>
#include <QMimeData>
#include <QProgressBar>
#include <QRadioButton>
#include <QScrollArea>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {
namespace {
constexpr int kMostMsAtOnce = 10;

/// The dashed frame that pictures are dropped on.
class DropFrame : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(tokenColor(Color::Sunken));
        painter.setPen(QPen(tokenColor(Color::Control), 1, Qt::DashLine));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6));
    }
};

} // namespace

UploadDialog::UploadDialog(service::Session& session, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_queue(new UploadQueue(session, this))
{
    setWindowTitle(tr("Upload Cards"));
    setAcceptDrops(true);
    const QSize wanted(px(840), px(650));
    const int edge = px(space::kXxl);
    resize(parent ? wanted.boundedTo(parent->window()->size() - QSize(edge, edge)) : wanted);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(px(space::kL), px(space::kL), px(space::kL), px(space::kL));
    body->setSpacing(px(space::kM));
    body->addWidget(makeDropArea());
    body->addWidget(makeKinds());
    const bool othersWork =
        EngineChoices::load(session.info())
            .engine.othersWork.value_or(session.engine().othersWorkUnlessSaid());
    m_place = new PlaceChooser(session, othersWork, this); // created here for the tab order
    m_owner = new OwnerChooser(session, this);
    body->addWidget(m_place);
    body->addWidget(m_owner);
    body->addWidget(makeList(), 1);
    auto* progress = new QHBoxLayout;
    progress->setSpacing(px(space::kM));
    m_progress = new QProgressBar(this);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Pictures read"));
    m_progressText = new Label({}, TextRole::Body, Color::Text, this);
    progress->addWidget(m_progress, 1);
    progress->addWidget(m_progressText);
    body->addLayout(progress);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(0);
    addBand(*all, placeOf(parent));
    all->addLayout(body, 1);
    all->addWidget(makeFoot());
    m_adding.setInterval(0);
    connect(m_queue, &UploadQueue::added, &m_adding, qOverload<>(&QTimer::start));
    connect(&m_adding, &QTimer::timeout, this, &UploadDialog::addRows);
    connect(m_queue, &UploadQueue::changed, this, [this](int index) {
        if (index < m_rows.size())
            m_rows[index]->show(m_queue->item(index));
        updateFoot();
    });
    connect(m_queue, &UploadQueue::uploaded, this,
            [this] { Q_EMIT uploaded(m_queue->uploadedCount()); });
    m_queue->setHeld(true);
    connect(m_owner, &OwnerChooser::decided, this, &UploadDialog::updateHold);
    connect(m_owner, &OwnerChooser::undecided, this, &UploadDialog::updateHold);
    connect(m_place, &PlaceChooser::changed, this, &UploadDialog::updateHold);
    m_owner->ask();
    updateHold();
}

QWidget* UploadDialog::makeDropArea()
{
    auto* area = new DropFrame(this);
    area->setMinimumHeight(px(60));
    auto* row = new QHBoxLayout(area);
    row->setSpacing(px(space::kM));
    auto* icon = new IconView(18, area);
    icon->show(Icon::Upload, Color::Accent);
    auto* choose = makeButton(tr("Choose…"), area);
    choose->setObjectName(u"choose"_s);
    connect(choose, &QPushButton::clicked, this, &UploadDialog::choose);
    row->addStretch(1);
    row->addWidget(icon);
    row->addWidget(new Label(tr("Drop pictures or a folder here, or paste one."), TextRole::Body,
                             Color::Text, area));
    row->addWidget(choose);
    row->addStretch(1);
    return area;
}

QWidget* UploadDialog::makeKinds()
{
    auto* box = new QWidget(this);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins({});
    row->setSpacing(px(space::kL));
    m_cards = new QRadioButton(tr("business cards"), box);
    m_licenses = new QRadioButton(tr("liquor licenses"), box);
    m_cards->setChecked(true);
    for (QRadioButton* button : {m_cards, m_licenses})
        button->setAccessibleDescription(tr("The kind of pictures added from now on"));
    row->addWidget(new Label(tr("New pictures are"), TextRole::Body, Color::Muted, box));
    row->addWidget(m_cards);
    row->addWidget(m_licenses);
    row->addStretch(1);
    return box;
}

// Nothing is uploaded until it is clear where to, and whose scans these are.
void UploadDialog::updateHold()
{
    m_owner->setVisible(!m_place->ownsScans() && m_owner->isWanted());
    m_queue->setHeld(!m_place->isUsable() || !(m_place->ownsScans() || m_owner->isDecided()));
    updateFoot();
}

QWidget* UploadDialog::makeList()
{
    auto* frame = new QFrame(this);
    frame->setFrameShape(QFrame::StyledPanel);
    auto* outer = new QVBoxLayout(frame);
    outer->setContentsMargins(1, 1, 1, 1);
    auto* scroll = new QScrollArea(frame);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("Pictures"));
    auto* rows = new Surface(Color::Base, scroll);
    m_rowsLayout = new QVBoxLayout(rows);
    m_rowsLayout->setContentsMargins({});
    m_rowsLayout->setSpacing(0);
    m_noRows = new Label(tr("No pictures yet."), TextRole::Body, Color::Muted, rows);
    m_noRows->setAlignment(Qt::AlignCenter);
    m_rowsLayout->addWidget(m_noRows, 1);
    m_rowsLayout->addStretch(0);
    scroll->setWidget(rows);
    outer->addWidget(scroll);
    return frame;
}

QWidget* UploadDialog::makeFoot()
{
    auto* foot = new Surface(Color::Window, this, Qt::TopEdge);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(px(space::kL), px(space::kM), px(space::kL), px(space::kM));
    row->setSpacing(px(space::kS));
    m_foot = new Label({}, TextRole::Small, Color::Muted, foot);
    m_foot->setObjectName(u"foot"_s);
    m_foot->setWordWrap(true);
    m_show = makeButton({}, foot);
    m_show->setObjectName(u"show"_s);
    m_show->setAutoDefault(false);
    QPushButton* done = makeButton(tr("Done"), foot, ButtonRole::Primary);
    done->setDefault(true);
    connect(m_show, &QPushButton::clicked, this, [this] {
        QVector<domain::ScanId> uploaded;
        for (int i = 0; i < m_queue->count(); ++i) {
            if (m_queue->item(i).isUploaded())
                uploaded += m_queue->item(i).scan.id;
        }
        Q_EMIT showWanted(uploaded);
        accept();
    });
    connect(done, &QPushButton::clicked, this, &QDialog::accept);
    row->addWidget(m_foot, 1);
    row->addWidget(m_show);
    row->addWidget(done);
    return foot;
}

domain::ScanType UploadDialog::kind() const
{
    return m_licenses->isChecked() ? domain::ScanType::LiquorLicense
                                   : domain::ScanType::BusinessCard;
}

void UploadDialog::addFiles(const QStringList& paths)
{
    for (const QString& path : paths) {
        if (!QFileInfo(path).isDir()) {
            m_queue->addFile(path, kind());
            continue;
        }
        const QDir folder(path);
        for (const QString& name : folder.entryList(QDir::Files | QDir::Readable, QDir::Name))
            m_queue->addFile(folder.filePath(name), kind());
    }
}

void UploadDialog::addImage(const QImage& image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (image.isNull() || !buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG"))
        return;
    m_queue->addBytes(bytes, tr("Pasted picture %1.png").arg(++m_pasted), kind());
}

void UploadDialog::choose()
{
    auto* dialog = new QFileDialog(this, tr("Choose Pictures"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Pictures (*.jpg *.jpeg *.png *.webp)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, &UploadDialog::addFiles);
    dialog->open();
}

bool UploadDialog::take(const QMimeData* mime)
{
    QStringList paths;
    for (const QUrl& url : mime->urls()) {
        if (url.isLocalFile())
            paths += url.toLocalFile();
    }
    if (!paths.isEmpty())
        addFiles(paths);
    else if (mime->hasImage())
        addImage(qvariant_cast<QImage>(mime->imageData()));
    else
        return false;
    return true;
}

// Hundreds at once would stop the window for a while.
void UploadDialog::addRows()
{
    QElapsedTimer spent;
    spent.start();
    while (m_rows.size() < m_queue->count() && spent.elapsed() < kMostMsAtOnce)
        addRow(int(m_rows.size()));
    if (m_rows.size() == m_queue->count())
        m_adding.stop();
    updateFoot();
}

void UploadDialog::addRow(int index)
{
    m_noRows->hide();
    auto* row = new UploadRow(this);
    row->show(m_queue->item(index));
    connect(row, &UploadRow::uploadAnyway, this, [this, index] { m_queue->uploadAnyway(index); });
    m_rows += row;
    m_rowsLayout->insertWidget(index + 1, row);
    m_rowsLayout->setStretch(m_rowsLayout->count() - 1, 1);
}

void UploadDialog::updateFoot()
{
    const int uploadedNow = m_queue->uploadedCount();
    m_progress->setRange(0, qMax(1, uploadedNow));
    m_progress->setValue(m_queue->completedCount());
    m_progressText->setText(
        tr("%1 of %2 completed")
            .arg(formatCount(m_queue->completedCount()), formatCount(uploadedNow)));
    const QString counts = tr("%1 uploaded, %2 left out.")
                               .arg(formatCount(uploadedNow), formatCount(m_queue->leftOutCount()));
    if (m_queue->isHeld() && m_queue->count() > 0)
        m_foot->setText(m_place->isUsable()
                            ? tr("Nothing is uploaded until it is clear whose scans these are.")
                            : tr("Nothing is uploaded until it is clear where pictures go."));
    else if (m_queue->isBusy())
        m_foot->setText(tr("%1 Closing this stops the rest.").arg(counts));
    else if (m_queue->count() > 0)
        m_foot->setText(tr("%1 You may close this; reading goes on.").arg(counts));
    else if (m_queue->isHeld() && !m_place->isUsable())
        m_foot->setText(tr("Pictures are uploaded once it is clear where they go."));
    else if (m_queue->isHeld() && !m_owner->isHidden())
        m_foot->setText(tr("Pictures are uploaded once it is clear whose scans these are."));
    else
        m_foot->setText(tr("Pictures are uploaded as soon as they are added."));
    m_show->setVisible(uploadedNow > 0);
    m_show->setText(tr("Show %1 in Scans").arg(formatCount(uploadedNow)));
}

void UploadDialog::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasImage())
        event->acceptProposedAction();
}

void UploadDialog::dropEvent(QDropEvent* event)
{
    if (take(event->mimeData()))
        event->acceptProposedAction();
}

void UploadDialog::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Paste) && take(QGuiApplication::clipboard()->mimeData()))
        return;
    QDialog::keyPressEvent(event);
}

} // namespace queuedeck::ui
