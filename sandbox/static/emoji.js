/** The shortcodes apps use most; others are shown as they are written. */

const TABLE = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|wave 👋|clap 👏|raised_hands 🙌|pray 🙏|handshake 🤝|muscle 💪|point_right 👉|point_left 👈
point_up ☝️|point_down 👇|ok_hand 👌|raised_hand ✋|writing_hand ✍️|eyes 👀|brain 🧠|smile 😄|smiley 😃|grinning 😀|slightly_smiling_face 🙂
simple_smile 🙂|blush 😊|wink 😉|joy 😂|heart_eyes 😍|thinking_face 🤔|neutral_face 😐|confused 😕|slightly_frowning_face 🙁
disappointed 😞|cry 😢|sob 😭|sweat_smile 😅|sunglasses 😎|hugging_face 🤗|partying_face 🥳|sleeping 😴|zzz 💤|rolling_eyes 🙄|robot_face 🤖
heart ❤️|orange_heart 🧡|yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜|broken_heart 💔|sparkling_heart 💖|star ⭐|star2 🌟|sparkles ✨
tada 🎉|confetti_ball 🎊|balloon 🎈|gift 🎁|trophy 🏆|medal 🏅|first_place_medal 🥇|second_place_medal 🥈|third_place_medal 🥉|crown 👑|rocket 🚀
fire 🔥|zap ⚡|boom 💥|100 💯|rainbow 🌈|sunny ☀️|sunrise 🌅|cloud ☁️|umbrella ☔|snowflake ❄️|seedling 🌱|herb 🌿|four_leaf_clover 🍀|sunflower 🌻
deciduous_tree 🌳|earth_africa 🌍|earth_americas 🌎|earth_asia 🌏|globe_with_meridians 🌐|coffee ☕|tea 🍵|cake 🍰|pizza 🍕|beers 🍻|apple 🍎
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|heavy_multiplication_x ✖️|warning ⚠️|no_entry ⛔|no_entry_sign 🚫|stop_sign 🛑
question ❓|grey_question ❔|exclamation ❗|grey_exclamation ❕|information_source ℹ️|bangbang ‼️|red_circle 🔴|large_orange_circle 🟠
large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣|white_circle ⚪|black_circle ⚫|large_orange_diamond 🔶
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrows_counterclockwise 🔄|repeat 🔁|back 🔙|heavy_plus_sign ➕|heavy_minus_sign ➖
bell 🔔|no_bell 🔕|mega 📣|loudspeaker 📢|speech_balloon 💬|thought_balloon 💭|email ✉️|envelope ✉️|e-mail 📧|incoming_envelope 📨|inbox_tray 📥
mailbox 📫|mailbox_with_mail 📬|phone ☎️|telephone_receiver 📞|iphone 📱|computer 💻|desktop_computer 🖥️|video_camera 📹|movie_camera 🎥|tv 📺
calendar 📅|date 📅|spiral_calendar_pad 🗓️|calendar_spiral 🗓️|clock1 🕐|clock9 🕘|alarm_clock ⏰|stopwatch ⏱️|hourglass ⌛|hourglass_flowing_sand ⏳
memo 📝|pencil 📝|pencil2 ✏️|clipboard 📋|page_facing_up 📄|bookmark 🔖|books 📚|book 📖|notebook 📓|label 🏷️|link 🔗|paperclip 📎|pushpin 📌
round_pushpin 📍|scissors ✂️|lock 🔒|unlock 🔓|closed_lock_with_key 🔐|key 🔑|mag 🔍|mag_right 🔎|bulb 💡|gear ⚙️|wrench 🔧|hammer 🔨
hammer_and_wrench 🛠️|toolbox 🧰|microscope 🔬|telescope 🔭|test_tube 🧪|dna 🧬|bar_chart 📊|chart_with_upwards_trend 📈
chart_with_downwards_trend 📉|moneybag 💰|briefcase 💼|mortar_board 🎓|school 🏫|office 🏢|house 🏠|classical_building 🏛️|world_map 🗺️|compass 🧭
sailboat ⛵|ship 🚢|anchor ⚓|airplane ✈️|train 🚆|car 🚗|bike 🚲|ticket 🎫|dart 🎯|puzzle_piece 🧩|jigsaw 🧩|game_die 🎲|art 🎨|musical_note 🎵
bust_in_silhouette 👤|busts_in_silhouette 👥|speaking_head_in_silhouette 🗣️|student 🧑‍🎓|teacher 🧑‍🏫|technologist 🧑‍💻|scientist 🧑‍🔬
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|keycap_ten 🔟|pause_button ⏸️|double_vertical_bar ⏸️|arrow_forward ▶️|black_square_for_stop ⏹️|fast_forward ⏩
`;

const EMOJI = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map((entry) => entry.split(" ")),
);

/** The character for a shortcode without its colons, or undefined. */
export const emoji = (name) => EMOJI.get(name);

/** Replaces the shortcodes in a text. */
export const withEmoji = (text) =>
  text.replace(/:([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?/g, (whole, name) => EMOJI.get(name) ?? whole);
