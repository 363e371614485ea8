// What alerts say in the tests. All people, plates and numbers are invented.

const DAY_MS = 24 * 3600 * 1000;

function common(category, headline, more) {
  return {
    category, headline, severity: "important", required_action: "inform", handling: "internal",
    ground: { kind: "verification-request", date: "2024-03-02", agency: "Cơ quan CSĐT (ví dụ)" },
    purpose: "Phòng ngừa, phát hiện (ví dụ)",
    expires: new Date(Date.now() + 300 * DAY_MS).toISOString().slice(0, 10),
    contact: "Trực ban ví dụ, 000 000 000",
    ...more,
  };
}

export function vehicle(plate, headline) {
  return common("vehicle", headline, {
    required_action: "seize",
    proportionality: "Xe bị chiếm đoạt, có thể qua địa bàn giáp ranh (ví dụ)",
    vehicle: { plate, type: "motorcycle", make: "Hãng Ví Dụ", colour: "đỏ", status: "stolen" },
  });
}

export function notice(headline, text) {
  return common("situation-notice", headline, { situation_notice: { text, area: "Các xã giáp ranh (ví dụ)" } });
}

export function wanted(name, headline) {
  return common("wanted-person", headline, {
    severity: "critical", required_action: "arrest", warnings: ["flight-risk"],
    ground: {
      kind: "wanted-decision", decision_number: "00/QĐTN-VÍ-DỤ", date: "2024-03-01",
      agency: "Cơ quan CSĐT (ví dụ)", article: 171,
    },
    proportionality: "Đối tượng bỏ trốn qua địa bàn giáp ranh (ví dụ)",
    wanted_person: {
      wanted_class: "ordinary",
      person: { name, born: "1990", sex: "male", person_class: "accused", last_known_place: "Cầu Ví Dụ" },
    },
  });
}

/** The same content with a script in every field that takes free text. */
export function hostile(content, script) {
  const text = structuredClone(content);
  for (const name of ["purpose", "contact", "proportionality"]) if (name in text) text[name] = `${script} ${name}`;
  text.ground.agency = `${script} agency`;
  if (text.ground.decision_number) text.ground.decision_number = `${script} số`;
  const person = text.wanted_person?.person;
  if (person) Object.assign(person, { name: `${script} Ví Dụ`, last_known_place: `${script} nơi` });
  if (text.vehicle) Object.assign(text.vehicle, { make: `${script} hãng`, colour: `${script} màu` });
  if (text.situation_notice) Object.assign(text.situation_notice, { text: `${script} nội dung`, area: `${script} địa bàn` });
  return text;
}
