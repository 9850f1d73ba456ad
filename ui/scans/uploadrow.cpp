// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/uploadrow.h"

#include "ui/scans/iconview.h"
#include "ui/scans/scanwords.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/stylepaint.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui {
namespace {

constexpr int kHeight = 62, kThumbWidth = 72, kThumbHeight = 46;

struct Shown
{
    Icon icon = Icon::Clock;
    Color color = Color::Muted;
    QString words;
    QString note;
};

Shown shownOf(const UploadItem& item)
{
    using State = UploadItem::State;
    const auto marked = [](Mark mark) {
        return Shown{markIcon(mark), markColor(mark), markWord(mark), {}};
    };
    switch (item.state) {
    case State::Waiting: return {Icon::Clock, Color::Muted, UploadRow::tr("Waiting…"), {}};
    case State::Looking: return {Icon::Clock, Color::Muted, UploadRow::tr("Looking at it…"), {}};
    case State::Uploading: return {Icon::Upload, Color::Muted, UploadRow::tr("Uploading…"), {}};
    case State::Duplicate: return {Icon::Info, Color::Muted, item.words, UploadRow::tr("left out")};
    case State::Refused:
        return {Icon::MarkFailed, Color::Failed, item.words, UploadRow::tr("left out")};
    case State::Pending: return marked(Mark::Pending);
    case State::Processing: return marked(Mark::Processing);
    case State::Failed: {
        Shown look = marked(Mark::Failed);
        look.note = firstLine(item.words);
        return look;
    }
    case State::Completed: break;
    }
    Shown look = marked(Mark::Completed);
    if (const auto confidence = item.scan.confidence())
        look.words = UploadRow::tr("%1, %2", "word, confidence")
                         .arg(look.words, formatConfidence(*confidence));
    look.note = scanTitle(item.scan);
    return look;
}

QString factsOf(const UploadItem& item)
{
    if (!item.info.size.isValid())
        return {};
    QStringList facts{
        formatBytes(item.info.bytes),
        UploadRow::tr("%1 × %2", "width and height of a picture")
            .arg(formatCount(item.info.size.width()), formatCount(item.info.size.height()))};
    if (item.info.exifTurned)
        facts += UploadRow::tr("turned by EXIF");
    return facts.join(u", "_s);
}

} // namespace

UploadRow::UploadRow(QWidget* parent)
    : QWidget(parent)
    , m_name(new ElidedLabel({}, TextRole::Body, Color::Text, this))
    , m_facts(new ElidedLabel({}, TextRole::Small, Color::Muted, this))
    , m_kind(new Label({}, TextRole::Small, Color::Text, this))
    , m_icon(new IconView(size::kStatusIcon, this))
    , m_words(new Label({}, TextRole::Body, Color::Text, this))
    , m_note(new ElidedLabel({}, TextRole::Small, Color::Muted, this))
    , m_anyway(makeButton(tr("Upload anyway"), this, ButtonRole::Link))
{
    setMinimumHeight(px(kHeight));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(px(14) + px(kThumbWidth) + px(14), px(space::kS), px(space::kM),
                            px(space::kS));
    row->setSpacing(px(space::kM));
    auto* left = new QVBoxLayout;
    left->setSpacing(0);
    left->addStretch(1);
    left->addWidget(m_name);
    left->addWidget(m_facts);
    left->addStretch(1);
    row->addLayout(left, 4);
    m_kind->setMinimumWidth(px(90));
    row->addWidget(m_kind);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    auto* first = new QHBoxLayout;
    first->setSpacing(px(6));
    first->addWidget(m_icon, 0, Qt::AlignTop);
    m_words->setWordWrap(true);
    first->addWidget(m_words, 1);
    auto* second = new QHBoxLayout;
    second->setContentsMargins(px(size::kStatusIcon) + px(6), 0, 0, 0);
    second->setSpacing(px(space::kS));
    second->addWidget(m_note);
    second->addWidget(m_anyway);
    second->addStretch(1);
    right->addStretch(1);
    right->addLayout(first);
    right->addLayout(second);
    right->addStretch(1);
    row->addLayout(right, 5);
    connect(m_anyway, &QPushButton::clicked, this, &UploadRow::uploadAnyway);
}

void UploadRow::show(const UploadItem& item)
{
    const Shown look = shownOf(item);
    m_thumbnail = item.info.thumbnail;
    m_name->setText(showControls(item.name));
    m_facts->setText(factsOf(item));
    m_facts->setVisible(!m_facts->text().isEmpty());
    m_kind->setText(item.state == UploadItem::State::Refused
                        ? QString()
                        : kindWord(domain::scanTypeText(item.type)));
    m_icon->show(look.icon, look.color);
    m_words->setText(look.words);
    m_words->setColor(look.color);
    m_note->setText(look.note);
    m_note->setVisible(!look.note.isEmpty());
    m_anyway->setVisible(item.state == UploadItem::State::Duplicate);
    setAccessibleName(item.name);
    setAccessibleDescription(look.note.isEmpty()
                                 ? look.words
                                 : tr("%1, %2", "two parts read aloud").arg(look.words, look.note));
    update();
}

void UploadRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), tokenColor(Color::RowLine));
    const QRect frame(px(14), (height() - px(kThumbHeight)) / 2, px(kThumbWidth), px(kThumbHeight));
    if (m_thumbnail.isNull()) {
        painter.setPen(QPen(tokenColor(Color::Control), 1, Qt::DashLine));
        painter.drawRect(frame.adjusted(0, 0, -1, -1));
        return;
    }
    paintBox(painter, frame, tokenColor(Color::Sunken), tokenColor(Color::Line), 1, 2);
    QSize size = m_thumbnail.size().scaled(frame.size() - QSize(4, 4), Qt::KeepAspectRatio);
    QRect inner({}, size);
    inner.moveCenter(frame.center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(inner, m_thumbnail);
}

} // namespace queuedeck::ui
