// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/scanfields.h"

#include "ui/scans/confidencebar.h"
#include "ui/scans/iconview.h"
#include "ui/scans/scanwords.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/shown.h"

#include <QClipboard>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMimeData>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {
namespace {

QVBoxLayout* sectionLayout(QWidget* section)
{
    auto* layout = new QVBoxLayout(section);
    layout->setContentsMargins(px(space::kL), px(space::kM), px(space::kL), px(space::kM));
    layout->setSpacing(px(space::kS));
    return layout;
}

QFormLayout* formLayout(int spacing)
{
    auto* form = new QFormLayout;
    form->setLabelAlignment(Qt::AlignRight);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(px(10));
    form->setVerticalSpacing(px(spacing));
    return form;
}

} // namespace

ScanFields::ScanFields(QWidget* parent)
    : QWidget(parent)
    , m_body(new Surface(Color::Base, this))
{
    auto* column = new QVBoxLayout(m_body);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(makeFields());
    column->addWidget(makeOrigin());
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("What was read"));
    setFocusProxy(scroll);
    scroll->setWidget(m_body);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->addWidget(scroll);
    clear();
}

QWidget* ScanFields::makeHead()
{
    auto* head = new Surface(Color::Base, m_body, Qt::BottomEdge);
    auto* column = sectionLayout(head);
    auto* line = new QHBoxLayout;
    line->setSpacing(px(6));
    m_icon = new IconView(size::kStatusIcon, head);
    m_status = new Label({}, TextRole::Body, Color::Text, head);
    m_kind = new Label({}, TextRole::Title, Color::Text, head);
    line->addWidget(m_icon);
    line->addWidget(m_status);
    line->addWidget(m_kind);
    line->addStretch(1);
    column->addLayout(line);
    m_gone =
        new Label(tr("No longer in the list on the left."), TextRole::Small, Color::Muted, head);
    m_gone->setWordWrap(true);
    column->addWidget(m_gone);
    m_confidenceRow = new QWidget(head);
    auto* confidence = new QHBoxLayout(m_confidenceRow);
    confidence->setContentsMargins({});
    confidence->setSpacing(px(10));
    m_bar = new ConfidenceBar(m_confidenceRow);
    m_confidence = new Label({}, TextRole::Strong, Color::Text, m_confidenceRow);
    confidence->addWidget(new Label(tr("Confidence"), TextRole::Small, Color::Muted, head));
    confidence->addWidget(m_bar, 1);
    confidence->addWidget(m_confidence);
    column->addWidget(m_confidenceRow);
    return head;
}

QWidget* ScanFields::makeFields()
{
    auto* box = new QWidget(m_body);
    auto* column = sectionLayout(box);
    m_errorBox = new QFrame(box);
    auto* surface = new Surface(Color::ErrorBg, m_errorBox);
    auto* outer = new QVBoxLayout(m_errorBox);
    outer->setContentsMargins({});
    outer->addWidget(surface);
    auto* inner = new QVBoxLayout(surface);
    m_error = new Label({}, TextRole::Mono, Color::Failed, surface);
    m_error->setWordWrap(true);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_error->setAccessibleName(tr("Error"));
    inner->addWidget(m_error);
    column->addWidget(m_errorBox);

    m_fieldsBox = new QWidget(box);
    auto* fields = new QVBoxLayout(m_fieldsBox);
    fields->setContentsMargins({});
    fields->setSpacing(px(space::kS));
    m_form = formLayout(7);
    fields->addLayout(m_form);
    m_note = new Label(tr("Read by a machine, not checked. You edit a copy. The stored record "
                          "stays as it was read."),
                       TextRole::Small, Color::Muted, m_fieldsBox);
    m_note->setWordWrap(true);
    fields->addWidget(m_note);
    m_copy = makeButton(Icon::Copy, {}, m_fieldsBox);
    connect(m_copy, &QPushButton::clicked, this, &ScanFields::copy);
    fields->addWidget(m_copy, 0, Qt::AlignLeft);
    column->addWidget(m_fieldsBox);
    return box;
}

QWidget* ScanFields::makeOrigin()
{
    auto* box = new Surface(Color::Base, m_body, Qt::TopEdge);
    auto* column = sectionLayout(box);
    column->addWidget(new Label(tr("Where it comes from"), TextRole::Strong, Color::Text, box));
    auto* form = formLayout(4);
    form->setLabelAlignment(Qt::AlignLeft);
    const auto row = [&](const QString& name, std::initializer_list<QWidget*> widgets) {
        auto* line = new QHBoxLayout;
        line->setSpacing(px(space::kS));
        for (QWidget* widget : widgets)
            line->addWidget(widget);
        line->addStretch(1);
        auto* label = new Label(name, TextRole::Small, Color::Muted, box);
        label->setMinimumWidth(px(62));
        form->addRow(label, line);
    };
    m_job = makeButton({}, box, ButtonRole::Link);
    connect(m_job, &QPushButton::clicked, this, [this] { Q_EMIT jobWanted(m_scan.job); });
    m_jobFacts = new Label({}, TextRole::Small, Color::Muted, box);
    m_id = new Label({}, TextRole::Mono, Color::Text, box);
    m_copyId = new CopyButton(tr("Copy the scan id"), box);
    connect(m_copyId, &CopyButton::copied, this, &ScanFields::copied);
    m_created = new Label({}, TextRole::Small, Color::Text, box);
    m_finished = new Label({}, TextRole::Small, Color::Text, box);
    row(tr("Job"), {m_job, m_jobFacts});
    row(tr("Scan id"), {m_id, m_copyId});
    row(tr("Created"), {m_created});
    row(tr("Read"), {m_finished});
    column->addLayout(form);
    return box;
}

void ScanFields::clear()
{
    m_scan = {};
    m_body->hide();
}

void ScanFields::show(const domain::Scan& scan)
{
    const bool isOther = scan.id != m_scan.id || scan.extractedData != m_scan.extractedData ||
                         scan.scanType != m_scan.scanType;
    m_scan = scan;
    m_body->show();
    m_gone->hide();
    const Mark mark = markOf(scan);
    m_icon->show(markIcon(mark), markColor(mark));
    m_status->setText(mark == Mark::Unknown && !scan.status.isEmpty() ? showControls(scan.status)
                                                                      : markWord(mark));
    m_status->setColor(markColor(mark));
    m_kind->setText(kindWord(scan.scanType));
    showConfidence();
    m_errorBox->setVisible(mark == Mark::Failed || !scan.errorMessage.isEmpty());
    m_error->setText(scan.errorMessage.isEmpty() ? tr("No reason was stored.")
                                                 : showControls(scan.errorMessage.left(4000)));
    m_fieldsBox->setVisible(mark != Mark::Failed || !scan.extractedData.isEmpty());
    if (isOther)
        fill();
    m_note->setVisible(!scan.extractedData.isEmpty());
    m_copy->setVisible(!scan.extractedData.isEmpty());
    m_job->setVisible(!scan.job.isEmpty());
    m_job->setText(shortId(scan.job.value));
    m_job->setAccessibleName(tr("Job %1").arg(scan.job.value));
    m_jobFacts->setText(scan.job.isEmpty() ? tr("none refers to it")
                                           : showControls(scan.jobStatus));
    m_id->setText(shortId(scan.id.value));
    setTip(m_id, scan.id.value);
    m_copyId->setText(scan.id.value);
    m_created->setText(formatTime(scan.createdAt));
    m_finished->setText(mark == Mark::Processing && !scan.completedAt.isValid()
                            ? tr("not yet")
                            : formatTime(scan.completedAt)); // "not known" if it is not
}

void ScanFields::showConfidence()
{
    const auto confidence = m_scan.confidence();
    m_confidenceRow->setVisible(confidence.has_value());
    if (!confidence)
        return;
    m_bar->setConfidence(*confidence);
    m_confidence->setText(formatConfidence(*confidence));
    m_confidence->setColor(*confidence < kCheckByEye ? Color::Stuck : Color::Text);
}

void ScanFields::fill()
{
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    m_edits.clear();
    const bool isCard = domain::scanTypeFromText(m_scan.scanType) == domain::ScanType::BusinessCard;
    for (const QString& key : fieldsOf(m_scan)) {
        auto* edit = new QLineEdit(fieldText(m_scan, key), m_fieldsBox);
        edit->setAccessibleName(fieldWord(key));
        edit->setCursorPosition(0);
        edit->setPlaceholderText(markOf(m_scan) == Mark::Processing ? tr("not read yet")
                                 : isCard                           ? tr("not on the card")
                                                                    : tr("not on the license"));
        auto* label = new Label(fieldWord(key), TextRole::Small, Color::Muted, m_fieldsBox);
        label->setBuddy(edit);
        label->setMinimumHeight(px(size::kControl));
        label->setMinimumWidth(px(64));
        label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_form->addRow(label, edit);
        m_edits.insert(key, edit);
    }
    m_copy->setText(isCard ? tr("Copy as vCard") : tr("Copy as Text"));
}

QMap<QString, QString> ScanFields::edited() const
{
    QMap<QString, QString> fields;
    for (auto at = m_edits.cbegin(); at != m_edits.cend(); ++at)
        fields.insert(at.key(), at.value()->text());
    return fields;
}

void ScanFields::copy()
{
    auto* mime = new QMimeData;
    if (domain::scanTypeFromText(m_scan.scanType) == domain::ScanType::BusinessCard) {
        const QString card = vCard(edited());
        mime->setText(card);
        mime->setData(u"text/vcard"_s, card.toUtf8());
    } else {
        QStringList lines;
        for (const QString& key : fieldsOf(m_scan)) {
            if (const QString text = m_edits.value(key)->text(); !text.isEmpty())
                lines += tr("%1: %2", "field: value").arg(fieldWord(key), text);
        }
        mime->setText(lines.join(u'\n'));
    }
    QGuiApplication::clipboard()->setMimeData(mime);
    Q_EMIT copied(scanTitle(m_scan));
}

} // namespace queuedeck::ui
